import vm, { type CompileFunctionOptions, Script } from 'node:vm';

/**
 * Compiles a module once for all test files that a process runs.
 *
 * Jest compiles it anew for every file, although only the globals differ: that took longer than the tests of most
 * files. A script runs with any globals, and keeps what the engine has compiled of it.
 */
export function shareCompiled(): void {
  const { compileFunction } = vm;
  const compiled = new Map<string, { readonly text: string; readonly script: Script }>();
  Object.assign(vm, {
    compileFunction(code: string, parameters: readonly string[] = [], options: CompileFunctionOptions = {}): unknown {
      const { filename, parsingContext } = options;
      if (filename === undefined || parsingContext === undefined) return compileFunction(code, parameters, options);
      const head = `(function (${parameters.join(', ')}) {`;
      const text = `${head}${code}\n})`;
      const known = compiled.get(filename);
      const script = known?.text === text ? known.script : new Script(text, { filename, columnOffset: -head.length });
      compiled.set(filename, { text, script });
      return script.runInContext(parsingContext);
    },
  });
}
