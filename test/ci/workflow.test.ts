import { spawnSync } from 'node:child_process';
import { accessSync, constants, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../support/markdown.ts';

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

interface Job {
  readonly 'runs-on': string;
  readonly 'timeout-minutes': number;
  readonly strategy: { readonly matrix: { readonly node: readonly number[] } };
  readonly env: Record<string, string>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly with?: Record<string, unknown>;
    readonly run?: string;
  }[];
}

const read = (name: string) => readFileSync(join(root, name), 'utf8');
const workflow: Workflow = parse(read('.github/workflows/ci.yml'), { strict: true, uniqueKeys: true });
const [job] = Object.values(workflow.jobs);
if (job === undefined) throw new Error('The workflow has no job.');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the workflow checks pushes and pull requests with each supported Node, with read permission only', () => {
  expect(Object.keys(workflow.on)).toEqual(['push', 'pull_request']);
  expect(workflow.permissions).toEqual({ contents: 'read' });
  expect(job.strategy.matrix.node).toEqual([20, 22, 24]);
  const { engines } = JSON.parse(read('package.json'));
  expect(engines.node).toBe(`>=${Math.min(...job.strategy.matrix.node)}`);
  // GitHub's own limit is six hours.
  expect(job['timeout-minutes']).toBeLessThanOrEqual(30);
});

test('the workflow checks out, sets up Node with a cache for npm, and calls .ci/run', () => {
  expect(job.steps.map(({ uses, run }) => uses ?? run)).toEqual([
    'actions/checkout@v5',
    'actions/setup-node@v5',
    '.ci/run',
  ]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is a GitHub expression.
  expect(job.steps[1]?.with).toEqual({ 'node-version': '${{ matrix.node }}', cache: 'npm' });
  expect(() => accessSync(join(root, '.ci/run'), constants.X_OK)).not.toThrow();
});

/**
 * Runs the commands of the workflow in a folder with .ci/run and with stand-ins for npm, curl and Python. They record
 * their arguments, and npm writes the requested reports.
 *
 * @param failing the npm script that fails.
 */
function runWorkflow(failing = ''): {
  readonly status: number | null;
  readonly output: string;
  readonly calls: string[];
} {
  const bin = join(folder, 'bin');
  const calls = join(folder, 'calls');
  mkdirSync(bin);
  mkdirSync(join(folder, '.ci'));
  cpSync(join(root, '.ci/run'), join(folder, '.ci/run'));
  const npm = [
    '#!/usr/bin/env bash',
    `echo "$*" >> '${calls}'`,
    'for argument in "$@"; do case "$argument" in',
    '  --outputFile=*) echo \'{"numPassedTests":2,"numFailedTests":0}\' > "$(cut -d= -f2- <<< "$argument")";;',
    'esac; done',
    'if [ "$2" = test:endurance ]; then',
    '  for name in crash write-failures starvation fuzz; do echo "{}" > "$FIGURES_DIR/$name.json"; done',
    'fi',
    `[ "$*" != '${failing}' ]`,
  ];
  for (const name of ['npm', 'curl', 'python3', 'apt-get', 'sudo']) {
    writeFileSync(join(bin, name), npm.join('\n'), { mode: 0o755 });
  }
  const commands = job?.steps.flatMap(({ run }) => run ?? []).join('\n') ?? '';
  const env = { ...process.env, ...job?.env, PATH: `${bin}:${process.env.PATH}` };
  const { status, stdout, stderr } = spawnSync('bash', ['-ec', commands], { cwd: folder, env, encoding: 'utf8' });
  return { status, output: stdout + stderr, calls: readFileSync(calls, 'utf8').trim().split('\n') };
}

test('the workflow runs the commands of the README and every suite, and adds up the reports', () => {
  const { status, output, calls } = runWorkflow();
  expect(output).toMatch(/\n8 passed, 0 failed\n$/);
  expect(status).toBe(0);
  expect(calls.map((call) => call.split(' -- ')[0])).toEqual([
    'ci --no-audit --no-fund',
    'run lint',
    'run types',
    'test',
    'run test:endurance',
    'run bench',
    'run check:package',
    'run test:sandbox',
    'run test:package',
  ]);
});

test('the workflow stops at the first failing step', () => {
  const { status, output, calls } = runWorkflow('run types');
  expect(status).toBe(1);
  expect(output).not.toContain('passed');
  expect(calls.at(-1)).toBe('run types');
});
