const assert = require('node:assert/strict');
const { test } = require('node:test');
const { useEmulator } = require('cloud-elements-emulator/testing');

const emulator = useEmulator({ now: '2017-07-10T00:00:00Z', seed: 'consumer' });

/** @param {string} externalId */
async function createAccount(externalId) {
  return fetch(`${emulator.baseUrl}/accounts`, {
    method: 'POST',
    headers: { Authorization: emulator.credentials.authorization, 'Content-Type': 'application/json' },
    body: JSON.stringify({ externalId }),
  });
}

// Passes twice because what the first one did, and left behind, is undone after it.
for (const round of ['one test', 'the next']) {
  test(`accounts start with 4030 in ${round}, in an emulator that was asked nothing else`, async () => {
    const { id } = await (await createAccount('customer-1')).json();
    assert.equal(id, 4030);
    assert.equal(emulator.requests.length, 1);
    assert.equal(emulator.requests.last()?.at, '2017-07-10T00:00:00.000Z');
    assert.deepEqual(emulator.requests.last('POST /accounts')?.body, { externalId: 'customer-1' });

    assert.equal(emulator.faults.add({ status: 500 }), 1);
    emulator.clock.advance({ days: 1 });
  });
}

test('accounts are created by a client that outlives two 503s', async () => {
  emulator.faults.add({ method: 'POST', path: '/accounts', status: 503, times: 2 });
  let response = await createAccount('customer-1');
  while (response.status === 503) response = await createAccount('customer-1');
  assert.equal(response.status, 200);
  assert.deepEqual(
    emulator.requests.filter('createAccount').map(({ status }) => status),
    [503, 503, 200],
  );
});

test('accounts are as before when a snapshot is restored', async () => {
  const before = emulator.snapshot();
  assert.equal((await createAccount('customer-1')).status, 200);
  assert.equal((await createAccount('customer-1')).status, 409);
  await emulator.restore(before);
  assert.equal((await createAccount('customer-1')).status, 200);
});
