import { compare } from '../../src/conformance/index.ts';
import { checks } from '../../src/conformance/run-checks.ts';
import { type Emulator, startEmulator } from '../../src/index.ts';
import { world } from './world.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ fixture: world, seed: 'conformance' });
});
afterAll(() => emulator.close());

function credentials() {
  const [userSecret = '', organizationSecret = ''] = emulator
    .authorizationFor('boss@compared.example')
    .split(', ')
    .map((part) => part.split(' ')[1] ?? '');
  return { userSecret, organizationSecret };
}

test('all checks pass', async () => {
  const all = checks.map(({ id }) => id);
  const report = await compare({ baseUrl: emulator.baseUrl, ...credentials(), write: true, only: all });
  expect(report.results.filter(({ outcome }) => outcome !== 'agrees')).toEqual([]);
  expect(report.agrees).toBe(all.length);
});
