/** Where the platform's paths begin. */
export const basePath = '/elements/api-v2';

/** Where the emulator's own paths begin. */
export const controlPath = '/__emulator';

/** The target of a request. */
export interface Target {
  /** `platform` for a path below the base path, `control` for one below the control path. */
  readonly side: 'platform' | 'control' | 'neither';
  /** Below the base path for the platform, otherwise the whole path; without doubled and trailing slashes. */
  readonly path: string;
  /** The query; `undefined` for an empty one. */
  readonly query: URLSearchParams | undefined;
}

/** Reads a request target. Clients behind a proxy send it with scheme and host (RFC 9112, 3.2.2). */
export function readTarget(url: string): Target {
  const { path: whole, search } = splitUrl(url);
  const path = tidyPath(whole);
  const query = search === '' ? undefined : new URLSearchParams(search);
  const below = pathBelow(basePath, path);
  if (below !== undefined) return { side: 'platform', path: below, query };
  const isControl = path === controlPath || pathBelow(controlPath, path) !== undefined;
  return { side: isControl ? 'control' : 'neither', path, query };
}

function splitUrl(url: string): { path: string; search: string } {
  const target = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*/i, '');
  const start = target.indexOf('?');
  const path = start === -1 ? target : target.slice(0, start);
  return { path: path === '' ? '/' : path, search: start === -1 ? '' : target.slice(start + 1) };
}

/** A path without doubled and trailing slashes, which make no difference. */
export function tidyPath(path: string): string {
  const single = path.includes('//') ? path.replace(/\/{2,}/g, '/') : path;
  return single.length > 1 && single.endsWith('/') ? single.slice(0, -1) : single;
}

/** The part of a tidy path below another, such as the base path; `undefined` for a path that is not below it. */
export function pathBelow(base: string, path: string): string | undefined {
  return path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
}
