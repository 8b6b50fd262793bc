import { describe, expect, test } from 'bun:test';
import 'cloud-elements-emulator/bun';
import { useEmulator } from 'cloud-elements-emulator/testing';

describe('accounts', () => {
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
    test(`start with 4030 in ${round}, in an emulator without other requests`, async () => {
      expect(await (await createAccount('customer-1')).json()).toMatchObject({ id: 4030 });
      expect(emulator).toHaveReceived('POST /accounts', { body: { externalId: expect.any(String) }, times: 1 });
      expect(emulator).not.toHaveReceived('GET /accounts');
      emulator.faults.add({ status: 500 });
    });
  }

  test('are created by a client that tries again after a 503 and a dropped connection', async () => {
    emulator.faults.add({ method: 'POST', path: '/accounts', status: 503, times: 1 });
    emulator.faults.add({ operationId: 'getAccounts', drop: true });
    expect((await createAccount('customer-1')).status).toBe(503);
    expect((await createAccount('customer-1')).status).toBe(200);
    await expect(fetch(`${emulator.baseUrl}/accounts`)).rejects.toThrow();
    expect(emulator).toHaveReceived('createAccount', { status: 503, times: 1 });
  });

  test('are in the message of a failed expectation', async () => {
    await createAccount('customer-1');
    expect(() => expect(emulator).toHaveReceived('POST /accounts', { status: 409 })).toThrow(
      'It has received 1, the last of them:',
    );
  });
});
