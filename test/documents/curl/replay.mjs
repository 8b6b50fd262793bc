// Replays the curl commands of the documents against an emulator that is started as a user starts it:
//
//   node replay.mjs npx cloud-elements-emulator --port 0
//
// Each document has an emulator of its own. The clock and the seed come through the environment, so
// that the answers are those of the Jest tests and the same data judge both.

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { complaintsAbout } from '../compare.js';

const here = dirname(fileURLToPath(import.meta.url));
const data = join(here, '..', 'data');
const settings = readJson(join(data, 'settings.json'));
const patience = 30_000;

/** The emulators that are running. Whatever ends this script ends them too. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) signal(child, 'SIGKILL');
});
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => process.exit(1));

const command = process.argv.slice(2);
if (command.length === 0) {
  process.stderr.write('usage: node replay.mjs COMMAND [ARGUMENT]…   (the command that starts the emulator)\n');
  process.exit(2);
}

const counts = { passed: 0, failed: 0 };
const documents = readdirSync(here).filter((file) => /^\d+\.sh$/.test(file));
for (const file of documents.sort()) {
  const name = file.replace('.sh', '');
  try {
    await replay(name);
  } catch (error) {
    report(`document ${name}`, [error instanceof Error ? error.message : String(error)]);
  }
}
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

/** Runs the commands of one document on a fresh emulator and judges every answer. */
async function replay(name) {
  const { requests } = readJson(join(data, `${name}.json`));
  const { child, baseUrl } = await start();
  try {
    const answers = await runCommands(name, baseUrl);
    requests.forEach((request, index) => {
      const title = `${name} ${request.method} ${request.path}`;
      const answer = answers[index];
      report(
        title,
        answer === undefined
          ? ['no curl command sent it']
          : [...misdirected(request, answer), ...judge(request, answer)],
      );
    });
    for (const { sent } of answers.slice(requests.length)) report(`${name} ${sent}`, ['it is not in the data']);
  } finally {
    await stop(child);
  }

  function misdirected({ method, path }, { sent }) {
    const expected = `${method} ${baseUrl}${path}`;
    return sent === expected ? [] : [`curl sent ${sent} in place of ${expected}`];
  }
}

function judge(request, { status, text }) {
  if (status === 0) return ['curl got no answer'];
  try {
    return complaintsAbout(request, { status, body: text === '' ? undefined : JSON.parse(text) });
  } catch (error) {
    return [`status ${status} with a body that is not JSON (${error.message}): ${text}`];
  }
}

function report(title, complaints) {
  counts[complaints.length === 0 ? 'passed' : 'failed'] += 1;
  const lines = [
    `${complaints.length === 0 ? 'ok  ' : 'FAIL'} ${title}`,
    ...complaints.map((text) => `       ${text}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The document's script as it stands, in one bash, with a `curl` that also notes what came of it. */
async function runCommands(name, baseUrl) {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  const wrapper = `
    count=0
    curl() {
      count=$((count + 1))
      : > "$FOLDER/$count.body"
      command curl -q -s --noproxy '*' --max-time 20 -o "$FOLDER/$count.body" \\
        -w '%{http_code} %{method} %{url_effective}\\n' "$@" >> "$FOLDER/log"
    }
    : > "$FOLDER/log"
  `;
  try {
    const script = readFileSync(join(here, `${name}.sh`), 'utf8');
    await bash(`${wrapper}\n${replaceHost(script, baseUrl)}`, folder);
    const log = readFileSync(join(folder, 'log'), 'utf8').split('\n').slice(0, -1);
    return log.map((line, index) => {
      const [status, ...sent] = line.split(' ');
      const text = readFileSync(join(folder, `${index + 1}.body`), 'utf8');
      return { status: Number(status), sent: sent.join(' '), text };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a reader of the document does by hand: the host and the placeholders, nothing else. */
function replaceHost(script, baseUrl) {
  return script
    .replaceAll(settings.host, () => new URL(baseUrl).origin)
    .replace(/<(?:INSERT_)?USER_SECRET>/g, () => settings.userSecret)
    .replace(/<(?:INSERT_)?ORGANIZATION_SECRET>/g, () => settings.organizationSecret);
}

function bash(script, folder) {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', script], {
      cwd: here,
      env: { ...process.env, FOLDER: folder, LC_ALL: 'C' },
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    const errors = collect(child.stderr);
    child.once('error', reject);
    // A curl that fails is seen in its answer; a script that bash cannot read is seen here.
    child.once('close', () => (errors.text === '' ? resolve() : reject(new Error(`bash: ${errors.text.trim()}`))));
  });
}

/** Starts the emulator in a process group of its own, so that one signal reaches it through npx too. */
function start() {
  const [file, ...args] = command;
  const child = spawn(file, args, {
    detached: true,
    env: { ...process.env, CE_EMULATOR_NOW: settings.now, CE_EMULATOR_SEED: settings.seed },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors] = [collect(child.stdout), collect(child.stderr)];
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('printed no base URL in time'), patience);
    const fail = (what) => {
      clearTimeout(timer);
      signal(child, 'SIGKILL');
      reject(
        new Error(`'${command.join(' ')}' ${what}: ${`${output.text}${errors.text}`.trim() || 'it printed nothing'}`),
      );
    };
    child.once('error', (error) => fail(`cannot be started (${error.message})`));
    child.once('close', (code) => {
      running.delete(child);
      fail(`ended with code ${code} before it printed a base URL`);
    });
    child.stdout.on('data', () => {
      const baseUrl = /^ {2}Base URL +(http\S+)$/m.exec(output.text)?.[1];
      if (baseUrl === undefined || !output.text.includes(`${baseUrl}\n`)) return;
      clearTimeout(timer);
      resolve({ child, baseUrl });
    });
    if (child.pid !== undefined) running.add(child);
  });
}

/** SIGTERM, and an error when the emulator does not end on it, or has ended before. */
function stop(child) {
  return new Promise((resolve, reject) => {
    if (!running.has(child)) {
      reject(new Error('the emulator ended by itself'));
      return;
    }
    const timer = setTimeout(() => {
      signal(child, 'SIGKILL');
      reject(new Error('the emulator did not end on SIGTERM'));
    }, patience);
    child.once('close', () => {
      clearTimeout(timer);
      running.delete(child);
      resolve();
    });
    signal(child, 'SIGTERM');
  });
}

function signal(child, name) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  } catch {
    // It has ended already.
  }
}

function collect(stream) {
  const collected = { text: '' };
  stream.setEncoding('utf8').on('data', (chunk) => {
    collected.text += chunk;
  });
  return collected;
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
