import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { bundle, useFolder } from '../durability/processes.ts';

const folder = useFolder('process');
let cli = '';
beforeAll(() => {
  cli = bundle(folder).cli;
});

/** Runs a line of bash, in which `emulator` is the command. */
function bash(line: string, input = '') {
  const script = `set -o pipefail; emulator() { '${process.execPath}' '${cli}' "$@"; }; ${line}`;
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    ...{ cwd: folder, encoding: 'utf8', input, env, timeout: 20_000 },
  });
  return { status, out: stdout, err: stderr };
}

const fixture = JSON.stringify({ organizations: [{ name: 'A' }] });
const good = 'good, 1 organization, 1 account, 1 user\n';

test.each(['openapi', '--help', 'fixture init -', 'fixture check minimal'])(
  'a full disk is reported by %s',
  (command) => {
    expect(bash(`emulator ${command} > /dev/full`)).toEqual({
      status: 1,
      out: '',
      err: 'cloud-elements-emulator: The output cannot be written: the disk is full.\n',
    });
  },
);

test('a reader that closes the pipe early causes no failure', () => {
  expect(bash('emulator openapi | head -1')).toEqual({ status: 0, out: '{\n', err: '' });
});

test('standard input is read as a fixture, by - or by its path', () => {
  expect(bash('emulator fixture check -', fixture)).toEqual({ status: 0, out: `standard input: ${good}`, err: '' });
  expect(bash('cat | emulator fixture check /dev/stdin', fixture).out).toBe(`/dev/stdin: ${good}`);
  expect(bash('emulator fixture init - --from -', fixture).out).toContain('"name": "A"');
  expect(bash('emulator fixture check -', '{"organizations": 1}').err).toMatch(
    /^standard input: \/organizations: found 1, /,
  );
});

test('a named pipe is read once', () => {
  expect(bash(`emulator fixture check <(echo '${fixture}')`).out).toMatch(/^\/dev\/fd\/\d+: good, 1 organization/);
  const pipe = `mkfifo pipe; echo '${fixture}' > pipe & emulator fixture check pipe`;
  expect(bash(pipe)).toEqual({ status: 0, out: `pipe: ${good}`, err: '' });
});

test('fixture check reads what fixture init prints', () => {
  expect(bash('emulator fixture init - | emulator fixture check -').out).toMatch(/^standard input: good, /);
});

test('an emulator starts with a fixture from standard input', async () => {
  const command = spawn(process.execPath, [cli, '--port', '0', '--fixture', '-'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = once(command, 'exit');
  command.stdin.end(fixture);
  const [greeting] = await once(command.stdout, 'data');
  expect(String(greeting)).toMatch(/^cloud-elements-emulator \S+, fixture from standard input\n/);
  // The signal of a closed terminal.
  command.kill('SIGHUP');
  expect(await exit).toEqual([0, null]);
});
