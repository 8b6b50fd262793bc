/** The names in braces of a path, in their order. */
export function parameterNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/** Whether a parameter of a path can be any text; others are ids. */
export function isTextParameter(name: string): boolean {
  return name === 'emailOrId' || name === 'key';
}
