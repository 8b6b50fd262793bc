import { expect, test } from '@jest/globals';
import type { Emulator } from 'cloud-elements-emulator';
import 'cloud-elements-emulator/jest';
import { useEmulator } from 'cloud-elements-emulator/testing';

const emulator = useEmulator({ now: '2017-07-10T00:00:00Z', seed: 'consumer' });

async function createAccount(externalId: string): Promise<Response> {
  return fetch(`${emulator.baseUrl}/accounts`, {
    method: 'POST',
    headers: { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json' },
    body: JSON.stringify({ externalId }),
  });
}

// Passes twice because what the first one did, and left behind, is undone after it.
for (const round of ['one test', 'the next']) {
  test(`the first account of ${round} is 4030, in an emulator without other requests`, async () => {
    const created = await createAccount('customer-1');
    expect(await created.json()).toMatchObject({ id: 4030, externalId: 'customer-1' });
    expect(emulator).toHaveReceived('POST /accounts', { body: { externalId: 'customer-1' }, status: 200, times: 1 });
    expect(emulator).not.toHaveReceived('GET /accounts');
    expect(emulator.requests).toHaveLength(1);
    expect(emulator.requests.last()?.at).toBe('2017-07-10T00:00:00.000Z');

    expect(emulator.faults.add({ status: 500 })).toBe(1);
    emulator.clock.advance({ days: 1 });
  });
}

test('a client tries again after two 503s', async () => {
  emulator.faults.add({ method: 'POST', path: '/accounts', status: 503, times: 2 });
  let response = await createAccount('customer-1');
  while (response.status === 503) response = await createAccount('customer-1');
  expect(response.status).toBe(200);
  expect(emulator.requests.all().map(({ status }) => status)).toEqual([503, 503, 200]);
  expect(emulator).toHaveReceived('createAccount', { body: { externalId: expect.any(String) }, times: 3 });
});

test('a snapshot can be restored', async () => {
  const before = emulator.snapshot();
  expect((await createAccount('customer-1')).status).toBe(200);
  expect((await createAccount('customer-1')).status).toBe(409);
  await emulator.restore(before);
  expect((await createAccount('customer-1')).status).toBe(200);
});

test('the types are checked', async () => {
  // @ts-expect-error a status is a number
  expect(() => expect(emulator).toHaveReceived('GET /accounts', { status: '200' })).toThrow('whole number');
  // @ts-expect-error a pattern is needed
  expect(() => expect(emulator).toHaveReceived()).toThrow();
  // @ts-expect-error a fault knows no code
  expect(() => emulator.faults.add({ code: 503 })).toThrow('unknown field');
  // @ts-expect-error it gives nothing, and not the emulator
  const expecting = (): Emulator => expect(emulator).not.toHaveReceived('GET /accounts');
  expecting();
});
