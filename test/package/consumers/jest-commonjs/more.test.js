const { createEmulator, describeApi, startEmulator } = require('cloud-elements-emulator');

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

test('reads the parts of the package that it needs on demand', async () => {
  expect(Object.keys((await describeApi()).paths)).toContain('/accounts');
  const emulator = await startEmulator();
  const call = async (path, init) => {
    const headers = { Authorization: emulator.credentials.authorization, ...init?.headers };
    const answer = await fetch(emulator.baseUrl + path, { ...init, headers });
    return { status: answer.status, ...(await answer.json()) };
  };
  // A search, a value of Accept, and the errors of a body.
  expect(await call("/users?where=email='x'")).toMatchObject({ status: 404, message: 'No users found' });
  expect(await call('/users', { headers: { Accept: 'text/html' } })).toMatchObject({ status: 406 });
  const json = { 'Content-Type': 'application/json' };
  const wrong = await call('/accounts', { method: 'POST', headers: json, body: '{"externalId":{}}' });
  expect(wrong).toMatchObject({ status: 400, message: expect.stringContaining('externalId') });
  await emulator.close();
});
