import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf } from '../support/markdown.ts';
import { consumer, install, root, run } from './install.ts';

/** What is installed beside the tarball, at once for the consumers that may see each other's packages. */
const installations = {
  jest: ['jest'],
  // ts-jest needs a compiler with an API, and TypeScript 5.9 resolves as `node10` by default.
  tsJest: ['jest', 'ts-jest@29', 'typescript@5.9', '@types/jest', '@types/node'],
  // Vitest 5 needs Node 22.
  vitest: ['vitest@4', 'typescript', '@types/node'],
  // openapi-typescript needs a compiler with an API, too.
  client: ['openapi-typescript@7', 'openapi-fetch@0.17', 'typescript@5.9', '@types/node'],
  others: ['mocha@12', '@types/mocha', 'typescript', '@types/node'],
};
const installed = new Map<string, string>();
const folders: string[] = [];
beforeAll(async () => {
  await Promise.all(
    Object.entries(installations).map(async ([name, packages]) => {
      const folder = await install(...packages);
      installed.set(name, folder);
      folders.push(folder);
    }),
  );
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A project of its own, with one of the installations. */
function project(name: string, installation: keyof typeof installations, manifest: object = {}): string {
  const folder = consumer(name, installed.get(installation) ?? '', manifest);
  folders.push(folder);
  return folder;
}

/** The flags under which JavaScript, too, is checked in full. */
const strictly = [
  ...['--noEmit', '--allowJs', '--checkJs', '--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'],
  ...['--module', 'nodenext', '--target', 'es2022', '--resolveJsonModule'],
];

/** The command as it is installed, started on a free port. */
async function startCommand(folder: string) {
  const bin = join(folder, 'node_modules/.bin/cloud-elements-emulator');
  const child = spawn(bin, ['--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const output = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (data) => {
      out += data;
      if (/ {2}curl .*\n/.test(out)) resolve(out);
    });
    child.on('exit', () => reject(new Error(`the command ended early: ${out}`)));
  });
  const stop = () => {
    child.kill('SIGTERM');
    return exit;
  };
  return { output, stop };
}

describe('Jest in CommonJS, without configuration', () => {
  let folder: string;
  beforeAll(() => {
    folder = project('jest-commonjs', 'jest');
  });

  test('passes its tests', () => {
    const { status, output } = run(folder, 'npx', 'jest', '--verbose', '--detectOpenHandles');
    expect(output).toContain('Tests:       9 passed, 9 total');
    expect(output).not.toContain('open handle');
    expect(status).toBe(0);
  });

  test('answers the curl commands of the documents as printed, through npx', () => {
    const replay = join(root, 'test/documents/curl/replay.mjs');
    const { status, output } = run(folder, 'node', replay, 'npx', 'cloud-elements-emulator', '--port', '0');
    expect(output).toContain('21 passed, 0 failed');
    expect(status).toBe(0);
  });

  test('installs few and small dependencies', () => {
    const { dependencies } = JSON.parse(
      readFileSync(join(folder, 'node_modules/cloud-elements-emulator/package.json'), 'utf8'),
    );
    expect(Object.keys(dependencies).sort()).toEqual(['express', 'lowdb', 'nanoid']);
  });

  test('has a small bundle, and the files that it reads on demand, each of which loads', () => {
    const dist = join(folder, 'node_modules/cloud-elements-emulator/dist');
    const bundle = readFileSync(join(dist, 'index.cjs'), 'utf8');
    const files = new Set([...bundle.matchAll(/require\("(\.\/[^"]+)"\)/g)].map(([, file = '']) => file));
    expect([...files].filter((file) => file.endsWith('.cjs')).sort()).toEqual([
      './on-demand/@sinclair/typebox/errors.cjs',
      './on-demand/accepts.cjs',
      './on-demand/ceql.cjs',
      './on-demand/content-disposition.cjs',
      './on-demand/cookie.cjs',
      './on-demand/debug.cjs',
      './on-demand/iconv-lite.cjs',
      './on-demand/ipaddr.js.cjs',
      './on-demand/make-certificate.cjs',
      './on-demand/mime-types.cjs',
      './on-demand/openapi.cjs',
      './on-demand/qs.cjs',
      './on-demand/send.cjs',
      './on-demand/serve-static.cjs',
    ]);
    const load = `for (const file of ${JSON.stringify([...files])}) if (file.endsWith('.cjs')) require(file)`;
    expect(run(dist, 'node', '-e', load)).toMatchObject({ status: 0 });
    // Reading and compiling it is what every process and every Jest file begins with.
    expect(bundle.length).toBeLessThan(500_000);
  });

  test('loads TLS and the code that makes certificates only with the option https', () => {
    const script = `const { startEmulator } = require('cloud-elements-emulator');
      const loaded = () => [Object.keys(require.cache).some((file) => file.includes('make-certificate')),
        process.moduleLoadList.includes('NativeModule _tls_wrap')];
      startEmulator().then(async (emulator) => {
        await emulator.close();
        const before = loaded();
        await (await startEmulator({ https: true })).close();
        console.log(JSON.stringify([before, loaded()]));
      });`;
    expect(run(folder, 'node', '-e', script).output).toContain('[[false,false],[true,true]]');
  });

  test('an uncaught error does not print the code of the bundle', () => {
    const script = "require('cloud-elements-emulator').createEmulator().faults.add({})";
    const { status, output } = run(folder, 'node', '-e', script);
    expect(status).toBe(1);
    expect(output).toContain('Error: Invalid fault: ');
    expect(output.length).toBeLessThan(3000);
  });

  test('runs the command, which prints a curl command that works and ends on SIGTERM', async () => {
    const command = await startCommand(folder);
    const pasted = / {2}(curl .*)\n/.exec(command.output)?.[1] ?? '';
    const { status, output } = run(folder, 'bash', '-c', `${pasted} --silent --show-error --write-out ' %{http_code}'`);
    expect(output).toMatch(/^\[\{"id":1000,.*}] 200$/);
    expect(status).toBe(0);
    expect(await command.stop()).toBe(0);
  });
});

test('Jest in ES modules', () => {
  const folder = project('jest-esm', 'jest', { type: 'module' });
  const { status, output } = run(folder, 'node', '--experimental-vm-modules', 'node_modules/jest/bin/jest.js');
  expect(output).toContain('Tests:       8 passed, 8 total');
  expect(status).toBe(0);
});

describe('Jest with ts-jest', () => {
  test('passes its tests, with types checked by ts-jest', () => {
    const { status, output } = run(project('ts-jest', 'tsJest'), 'npx', 'jest');
    expect(output).toContain('Tests:       11 passed, 11 total');
    expect(status).toBe(0);
  });

  test.each([
    ['jest-commonjs', {}],
    ['jest-esm', { type: 'module' }],
  ])('the types of %s, which does not check types itself', (name, manifest) => {
    const folder = project(name, 'tsJest', manifest);
    // Jest knows the matcher by itself; its types are asked for.
    writeFileSync(join(folder, 'matchers.d.ts'), "import 'cloud-elements-emulator/jest';\n");
    expectTypes(folder, 'jest,node', 'platform.test.js', 'matchers.d.ts');
  });
});

describe.each([
  ['vitest-globals', { type: 'module' }, 6],
  ['vitest-imports', {}, 7],
])('%s', (name, manifest, count) => {
  let folder: string;
  beforeAll(() => {
    folder = project(name, 'vitest', manifest);
  });

  test('passes its tests', () => {
    const { status, output } = run(folder, 'npx', 'vitest', 'run');
    expect(output).toMatch(new RegExp(`Tests  ${count} passed \\(${count}\\)`));
    expect(status).toBe(0);
  });

  test('compile', () => {
    const { status, output } = run(folder, 'node_modules/.bin/tsc', '-p', '.');
    expect(output).toBe('');
    expect(status).toBe(0);
  });
});

test('a script that is not a test ends with a message that says what to use', () => {
  const script = "require('cloud-elements-emulator/testing').useEmulator()";
  const { status, output } = run(project('node-test-commonjs', 'others', {}), 'timeout', '20', 'node', '-e', script);
  expect(output).toContain('useEmulator() found no tests: in a script, use startEmulator().');
  expect(status).toBe(0);
});

describe.each([
  ['mocha-esm', { type: 'module' }, ['npx', 'mocha'], '5 passing', 'test/platform.js'],
  ['mocha-commonjs', {}, ['npx', 'mocha'], '4 passing', 'test/platform.js'],
  ['node-test-esm', { type: 'module' }, ['node', '--test'], 'pass 5', 'platform.test.js'],
  ['node-test-commonjs', {}, ['node', '--test'], 'pass 4', 'platform.test.js'],
])('%s', (name, manifest, [command = '', ...args], passed, file) => {
  let folder: string;
  beforeAll(() => {
    folder = project(name, 'others', manifest);
  });

  test('passes its tests', () => {
    const { status, output } = run(folder, command, ...args);
    expect(output).toContain(passed);
    expect(status).toBe(0);
  });

  test('compile', () => {
    expectTypes(folder, 'node,mocha', file);
  });
});

test('a client generated from the OpenAPI document provisions a customer', () => {
  const folder = project('client', 'client', { type: 'module' });
  const generate = blocksOf('docs/operations.md').find(({ language }) => language === 'sh')?.text;
  expect(generate).toContain('npx cloud-elements-emulator openapi');
  const { status, output } = run(folder, 'bash', '-ec', `${generate}\nnpx tsc -p .\nnode provision.js`);
  expect(output).toContain('provisioned and deactivated\n');
  expect(status).toBe(0);
});

test('TypeScript finds the types from CommonJS and from ES modules, and checks them in full', () => {
  const folder = project('types', 'others');
  const example = blocksOf('docs/programming-interface.md').find(({ language }) => language === 'ts')?.text ?? '';
  expect(example).toContain('startEmulator');
  writeFileSync(join(folder, 'example.mts'), example);
  expectTypes(folder, 'node', '--skipLibCheck', 'false', 'commonjs.cts', 'module.mts', 'example.mts');
});

test("TypeScript finds Node's types where @types/node is installed and the project names none", () => {
  const folder = project('types', 'others');
  for (const skipped of ['true', 'false'])
    expectTypes(folder, undefined, '--skipLibCheck', skipped, 'unnamed.cts', 'unnamed.mts');
});

/** @param types what `types` of the project names; `undefined` where it is not set. */
function expectTypes(folder: string, types: string | undefined, ...args: string[]): void {
  const named = types === undefined ? [] : ['--types', types];
  const { status, output } = run(folder, 'node_modules/.bin/tsc', ...strictly, ...named, ...args);
  expect(output).toBe('');
  expect(status).toBe(0);
}
