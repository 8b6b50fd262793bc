const { createEmulator, startEmulator } = require('cloud-elements-emulator');

test('plain require gives an emulator without a socket', async () => {
  const emulator = createEmulator({ fixture: 'minimal' });
  await emulator.listen();
  const answer = await fetch(`${emulator.baseUrl}/organizations/me`, {
    headers: { Authorization: emulator.credentials.authorization },
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ id: 1, name: 'Minimal Organization' });
  await emulator.close();
});

test('works under fake timers', async () => {
  jest.useFakeTimers();
  const emulator = await startEmulator();
  const answer = await fetch(`${emulator.baseUrl}/accounts/4031/users`, {
    headers: { Authorization: emulator.credentials.authorization },
  });
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ message: 'No users found' });
  await emulator.close();
  jest.useRealTimers();
});
