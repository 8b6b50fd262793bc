import { resolve } from 'node:path';
import vm, { type CompileFunctionOptions, Script } from 'node:vm';

type Require = (name: string) => unknown;
interface Module {
  exports: unknown;
}
/** What Jest makes of a module's text. */
type Run = (this: unknown, module: Module, exports: unknown, require: Require, ...rest: unknown[]) => void;

/**
 * What a process evaluates once: packages, and the sources, which have no mutable state. But `intercept` has some, and
 * `testing` adds matchers.
 */
const shared = /\/src\/(?!sandbox\/|testing\/|intercept\/)|\/jest-packages\/|\/node_modules\/(lowdb|steno|nanoid)\//;

/**
 * What Jest itself evaluates in the globals of the tests, such as `expect`, which was half of the time of an empty file:
 * all but jest-circus and jest-each, which collect the tests of a file.
 */
const ofJest =
  /\/node_modules\/(expect|pretty-format|jest-(?!circus|each)[\w-]+|@jest\/[\w-]+|pure-rand|picomatch|graceful-fs)\/(?!node_modules\/)/;

/**
 * Shares modules among the test files that a process runs, which have the same globals (globals.ts).
 *
 * Jest compiles and evaluates them anew for every file: that took longer than the tests of most files. A module that
 * is neither `shared` nor `ofJest` is still evaluated for every file, but compiled once.
 *
 * @returns a function that forgets what the modules export, so that the next file evaluates them anew.
 */
export function shareModules(): () => void {
  const { compileFunction } = vm;
  const scripts = new Map<string, { readonly text: string; readonly script: Script }>();
  const evaluated = new Map<Script, unknown>();
  // A shared module may import another one later, when the file for which it was evaluated is over.
  let latestRequire: Require;

  /** Evaluates a module at its first call; later ones get what it exports. */
  const once = (script: Script, run: Run, isOfJest: boolean): Run => {
    return function (this, module, exports, require, directory, ...rest) {
      if (!isOfJest) latestRequire = require;
      const requireLatest: Require = (name) =>
        latestRequire(name.startsWith('.') ? resolve(String(directory), name) : name);
      if (!evaluated.has(script)) {
        run.call(this, module, exports, isOfJest ? require : requireLatest, directory, ...rest);
        evaluated.set(script, module.exports);
      }
      module.exports = evaluated.get(script);
    };
  };

  Object.assign(vm, {
    compileFunction(code: string, parameters: readonly string[] = [], options: CompileFunctionOptions = {}): unknown {
      const { filename, parsingContext } = options;
      if (filename === undefined || parsingContext === undefined) return compileFunction(code, parameters, options);
      const head = `(function (${parameters.join(', ')}) {`;
      const text = `${head}${code}\n})`;
      const known = scripts.get(filename);
      const script = known?.text === text ? known.script : new Script(text, { filename, columnOffset: -head.length });
      scripts.set(filename, { text, script });
      const run: Run = script.runInContext(parsingContext);
      const isOfJest = ofJest.test(filename);
      return isOfJest || shared.test(filename) ? once(script, run, isOfJest) : run;
    },
  });
  return () => evaluated.clear();
}
