import { compare } from '../../src/conformance/index.ts';
import { checks } from '../../src/conformance/run-checks.ts';
import { type Emulator, startEmulator } from '../../src/index.ts';
import { isEndurance } from '../support/runs.ts';
import type { Exchange } from './broken/exchange.ts';
import { brokenServers } from './broken/index.ts';
import { type BrokenProxy, startProxy } from './broken/proxy.ts';
import { administrator, secretsOf, world } from './world.ts';

// npm test tries some checks, far apart, and breaks the server for fewer of them.
const all = checks.map(({ id }) => id).filter((_, at) => isEndurance || at % 8 === 0);
const broken = all.filter((_, at) => isEndurance || at % 10 === 0);

let emulator: Emulator;
let proxy: BrokenProxy;
beforeAll(async () => {
  emulator = await startEmulator({ fixture: world, seed: 'conformance' });
  proxy = await startProxy(emulator.url, emulator.authorizationFor(administrator));
});
afterAll(async () => {
  await proxy.close();
  await emulator.close();
});

/** What each check asks a good server. */
const exchanges = new Map<string, readonly Exchange[]>();

/** Runs checks, which may change what they like. */
async function run(only: readonly string[], onCheck: (id: string, done: boolean) => void) {
  return compare({
    baseUrl: proxy.baseUrl,
    ...secretsOf(emulator),
    write: true,
    only,
    onProgress: ({ id }, done, all) => onCheck(id, done === all),
  });
}

// It makes some thousand calls: on a busy machine they take longer than the limit of other tests.
test('every check agrees with the emulator', async () => {
  const report = await run(all, (id) => exchanges.set(id, proxy.takeExchanges()));
  expect(report.results.filter(({ outcome }) => outcome !== 'agrees')).toEqual([]);
  expect(report.results.map(({ id }) => id)).toEqual(all);
}, 300_000);

test('every check has a broken server', () => {
  expect(Object.keys(brokenServers).sort()).toEqual(checks.map(({ id }) => id).sort());
});

describe('a check, and no other than the named ones, differs on its broken server', () => {
  test.each(broken)('%s', async (id) => {
    const { fault, also } = brokenServers[id] ?? { fault: () => undefined, also: [] };
    // The others cannot notice anything: they would get the same answers.
    const asked = all.filter((each) => exchanges.get(each)?.some((exchange) => fault(exchange) !== undefined));
    await emulator.reset();
    proxy.takeExchanges();
    proxy.fault = fault;
    const report = await run([...new Set([id, ...asked])], (_, isLast) => {
      proxy.takeExchanges();
      // Cleaning up is not what is tested here.
      if (isLast) proxy.fault = undefined;
    });
    const found = report.results.filter(({ outcome }) => outcome === 'differs').map((result) => result.id);
    expect(found.sort()).toEqual([id, ...also.filter((other) => all.includes(other))].sort());
  });
});
