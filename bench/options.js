// The command line of the benchmark.

import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './subjects/files.js';

const help = `Usage: npm run bench -- [options]

  --only NAME[,NAME]  only these measurements; does not write RESULTS.md
  --short             for CI: no peers, no network, about a minute, fails when a bound is exceeded
  --rounds N          interleaved rounds (9; 4 with --short)
  --no-peers          without json-server, emulate, Mockoon and Prism
  --no-build          measures the existing build
  --dist FOLDER       measures another build; implies --no-build
  --help              print this
`;

/**
 * @param {string[]} args
 * @param {string[]} names of the measurements
 */
export function readOptions(args, names) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      short: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      'no-peers': { type: 'boolean', default: false },
      'no-build': { type: 'boolean', default: false },
      dist: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const only = values.only?.split(',').map((name) => name.trim());
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`There is no measurement '${unknown}': there are ${names.join(', ')}.`);
  const rounds = Number(values.rounds ?? (values.short ? 4 : 9));
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new Error(`--rounds must be a whole number, not '${values.rounds}'.`);
  return {
    only,
    rounds,
    short: values.short,
    withPeers: !values.short && !values['no-peers'],
    build: values.dist === undefined && !values['no-build'],
    dist: resolve(values.dist ?? join(root, 'dist')),
    help: values.help ? help : undefined,
  };
}
