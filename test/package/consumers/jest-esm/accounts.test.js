import { createRequire } from 'node:module';
import { jest } from '@jest/globals';
import * as esm from 'cloud-elements-emulator';

test('import gives an emulator', async () => {
  const emulator = await esm.startEmulator();
  const answer = await fetch(`${emulator.baseUrl}/accounts/4022`, {
    headers: { Authorization: emulator.credentials.authorization },
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ id: 4022, name: 'Account For Docs' });
  await emulator.close();
});

test('import and require are the same build', () => {
  const cjs = createRequire(import.meta.url)('cloud-elements-emulator');
  expect(Object.keys(esm).sort()).toEqual(Object.keys(cjs).sort());
  expect(jest).toBeDefined();
});
