import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useEmulator } from 'cloud-elements-emulator/testing';

const emulator = useEmulator({ now: '2017-07-10T00:00:00Z', seed: 'consumer' });

async function createAccount(externalId: string): Promise<number> {
  const answer = await fetch(`${emulator.baseUrl}/accounts`, {
    method: 'POST',
    headers: { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json' },
    body: JSON.stringify({ externalId }),
  });
  // Deno fails a test that leaves a body unread.
  await answer.text();
  return answer.status;
}

// Passes twice because what the first one did, and left behind, is undone after it.
for (const round of ['one test', 'the next']) {
  test(`an account is created once in ${round}`, async () => {
    assert.equal(await createAccount('customer-1'), 200);
    assert.equal(await createAccount('customer-1'), 409);
    assert.deepEqual(emulator.requests.last('POST /accounts')?.body, { externalId: 'customer-1' });
    emulator.faults.add({ status: 500 });
  });
}

test('a client tries again after a 503', async () => {
  emulator.faults.add({ method: 'POST', path: '/accounts', status: 503, times: 1 });
  assert.deepEqual([await createAccount('customer-1'), await createAccount('customer-1')], [503, 200]);
  assert.equal(emulator.requests.filter('createAccount').length, 2);
});
