const { useEmulator } = require('cloud-elements-emulator/testing');

const emulator = useEmulator();

test('the globals of bun test are enough', async () => {
  emulator.faults.add({ method: 'GET', path: '/organizations/me', status: 503, times: 1 });
  const headers = { Authorization: emulator.credentials.authorization };
  const get = () => fetch(`${emulator.baseUrl}/organizations/me`, { headers });
  expect([(await get()).status, (await get()).status]).toEqual([503, 200]);
  expect(emulator).toHaveReceived('getOrganization', { times: 2 });
});

test('the emulator has been reset', () => {
  expect(emulator.requests).toHaveLength(0);
});
