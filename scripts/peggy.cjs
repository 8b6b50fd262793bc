// Jest and esbuild make parsers from grammars when they load them, so that the repository has no generated
// code that could be stale.

const { readFileSync } = require('node:fs');
const peggy = require('peggy');

/** @param {string} grammar @param {'commonjs' | 'es'} format */
function compileGrammar(grammar, format) {
  return peggy.generate(grammar, { output: 'source', format });
}

/** The esbuild plugin. */
const esbuildPlugin = {
  name: 'peggy',
  setup(build) {
    build.onLoad({ filter: /\.peggy$/ }, ({ path }) => ({
      contents: compileGrammar(readFileSync(path, 'utf8'), 'es'),
      loader: 'js',
    }));
  },
};

module.exports = {
  esbuildPlugin,
  /** The Jest transform. */
  process: (grammar) => ({ code: compileGrammar(grammar, 'commonjs') }),
};
