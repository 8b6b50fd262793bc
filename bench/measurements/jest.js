// The cost for a test file that uses the package: Jest loads the package again for every file.

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { summary } from '../lib/statistics.js';
import { spread } from '../lib/table.js';
import { root } from '../subjects/files.js';

const kinds = {
  none: { title: 'a file that requires nothing', code: "test('runs', () => {});" },
  express: {
    title: 'one that starts and closes bare Express',
    code: `
const express = require('express');
let server;
beforeAll(() => new Promise((resolve) => { server = express().use(express.json()).listen(0, '127.0.0.1', resolve); }));
afterAll(() => new Promise((resolve) => { server.close(resolve); }));
test('runs', () => { expect(server.listening).toBe(true); });`,
  },
  emulator: {
    title: 'one that starts and closes this emulator',
    code: `
const { startEmulator } = require('cloud-elements-emulator');
let emulator;
beforeAll(async () => { emulator = await startEmulator(); });
afterAll(() => emulator.close());
test('runs', () => { expect(emulator.url).toMatch('http'); });`,
  },
};

/** @type {import('../run.js').Measurement} */
export const jest = {
  name: 'jest',
  async run({ dist, rounds, folder }) {
    const project = join(folder, 'jest');
    const installed = join(project, 'node_modules/cloud-elements-emulator');
    mkdirSync(installed, { recursive: true });
    cpSync(dist, join(installed, 'dist'), { recursive: true });
    for (const file of ['package.json', 'fixtures'])
      cpSync(join(root, file), join(installed, file), { recursive: true });
    writeFileSync(join(project, 'package.json'), '{"private":true}');
    writeFileSync(join(project, 'in-order.cjs'), inOrder);
    const files = rounds + 2;
    for (let number = 0; number < files; number++) {
      for (const [kind, { code }] of Object.entries(kinds)) {
        writeFileSync(join(project, `${String(number).padStart(2, '0')}-${kind}.test.js`), code);
      }
    }
    const outcome = join(project, 'outcome.json');
    const options = ['--runInBand', '--testSequencer', './in-order.cjs', '--json', '--outputFile', outcome];
    const command = [join(root, 'node_modules/jest/bin/jest.js'), '--rootDir', project, ...options];
    await promisify(execFile)(process.execPath, command, { cwd: project, timeout: 240_000 });

    const { testResults } = JSON.parse(readFileSync(outcome, 'utf8'));
    const millis = Object.fromEntries(
      Object.keys(kinds).map((kind) => [
        kind,
        testResults
          .filter(({ name }) => name.endsWith(`-${kind}.test.js`))
          .sort((left, right) => left.name.localeCompare(right.name))
          // The first files fill Jest's caches.
          .slice(2)
          .map(({ startTime, endTime }) => endTime - startTime),
      ]),
    );
    const added = summary(millis.emulator.map((each, at) => each - millis.none[at]));
    const express = summary(millis.express.map((each, at) => each - millis.none[at]));
    const rows = Object.entries(kinds).map(([kind, { title }]) => [title, spread(summary(millis[kind]))]);
    return {
      results: [
        { id: 'jest', ...added, detail: `bare Express ${spread(express)}` },
        { id: 'jest-express', ...summary([added.median / express.median]) },
      ],
      tables: [
        {
          title: 'A test file in Jest',
          head: ['', 'ms'],
          rows,
          note: 'As Jest measures them, in one run in one process, in turns.',
        },
      ],
    };
  },
};

const inOrder = `const { default: Sequencer } = require(${JSON.stringify(join(root, 'node_modules/@jest/test-sequencer'))});
module.exports = class extends Sequencer {
  sort(tests) {
    return [...tests].sort((left, right) => left.path.localeCompare(right.path));
  }
};
`;
