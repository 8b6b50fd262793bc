import { once } from 'node:events';
import { type ClientRequest, get, request as post } from 'node:http';
import { startEmulator } from '../../src/index.ts';
import { run } from '../cli/terminal.ts';
import { connect } from '../support/client.ts';
import { shortenWaits } from '../support/short-waits.ts';
import { until } from '../support/until.ts';
import { world } from '../support/world.ts';

/** Slow functions: what ends and what continues while they run. */

beforeAll(shortenWaits);

/** Sends a request with a stub that waits until `release()`. */
async function waiting() {
  const errors: unknown[] = [];
  const emulator = await startEmulator({ onError: (error) => errors.push(error) });
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const answered: unknown[] = [];
  emulator.stubs.add({
    operationId: 'createAccount',
    respond: async (_request, proceed) => {
      await released;
      await proceed().catch((error: Error) => {
        answered.push(error.message);
        // What it throws when nobody waits is no error of the emulator.
        throw error;
      });
      return {};
    },
  });
  const { authorization } = emulator.credentials;
  const headers = { Authorization: authorization, 'Content-Type': 'application/json' };
  const controller = new AbortController();
  const outcome = fetch(`${emulator.baseUrl}/accounts`, {
    ...{ method: 'POST', headers, body: '{"externalId":"new"}', signal: controller.signal },
  }).then(
    ({ status }) => String(status),
    () => 'no answer',
  );
  await until(() => emulator.stubs.unmatched().length === 0);
  const accounts = async () => {
    const answer = await fetch(`${emulator.baseUrl}/accounts?where=externalId='new'`, { headers });
    const found: unknown = await answer.json();
    return Array.isArray(found) ? found.length : found;
  };
  return { emulator, errors, release, outcome, answered, accounts, leave: () => controller.abort() };
}

const late = 'proceed() comes too late: the request has ended.';

test('a slow stub answers when it is done, and other requests are answered meanwhile', async () => {
  const { emulator, release, outcome, accounts } = await waiting();
  expect(await accounts()).toBe(0);
  expect(emulator.requests.all()[0]).not.toHaveProperty('status');
  release();
  expect(await outcome).toBe('200');
  expect(await accounts()).toBe(1);
  await emulator.close();
});

test('a reset ends the connection of a stub that hangs, and its later actions have no effect', async () => {
  const { emulator, errors, release, outcome, answered, accounts } = await waiting();
  await emulator.reset();
  expect(await outcome).toBe('no answer');
  release();
  await until(() => answered.length > 0);
  expect({ answered, errors, accounts: await accounts() }).toEqual({ answered: [late], errors: [], accounts: 0 });
  await emulator.close();
});

test('a stub whose client has left changes nothing later', async () => {
  const { emulator, errors, release, outcome, answered, accounts, leave } = await waiting();
  leave();
  expect(await outcome).toBe('no answer');
  await until(() => emulator.requests.last().clientLeft === true);
  expect(emulator.requests.last()).toMatchObject({ stub: 1, clientLeft: true });
  release();
  await until(() => answered.length > 0);
  expect({ answered, errors, accounts: await accounts() }).toEqual({ answered: [late], errors: [], accounts: 0 });
  await emulator.close();
});

test('close() does not wait for a stub that hangs', async () => {
  const { emulator, errors, release, outcome, answered } = await waiting();
  await emulator.close();
  expect(await outcome).toBe('no answer');
  release();
  await until(() => answered.length > 0);
  expect({ answered, errors }).toEqual({ answered: [late], errors: [] });
});

test('a user who is deactivated while the body arrives gets no answer of the stub', async () => {
  const emulator = await startEmulator({ fixture: world });
  emulator.stubs.add({ method: 'POST', path: '/instances', body: {} });
  const headers = { Authorization: emulator.authorizationFor('user@here.example'), 'Content-Type': 'application/json' };
  const upload = post(`${emulator.baseUrl}/instances`, { method: 'POST', headers });
  upload.write('{');
  await until(() => emulator.requests.length === 1);
  await connect(emulator).delete('/accounts/110');
  upload.end('}');
  const [response] = await once(upload, 'response');
  response.resume();
  expect(response.statusCode).toBe(401);
  await emulator.close();
});

test("the command's log names the stub", async () => {
  const terminal = await run('--port', '0');
  const [base = ''] = /http:\S+/.exec(terminal.out) ?? [];
  const stubs = `${new URL(base).origin}/__emulator/stubs`;
  const headers = { 'Content-Type': 'application/json' };
  await fetch(stubs, { method: 'POST', headers, body: '{"path":"/hubs","access":"anyone","body":[]}' });
  const answer: ClientRequest = get(`${base}/hubs`);
  const [response] = await once(answer, 'response');
  response.resume();
  await until(() => /GET \/hubs 200 .* ms \(stub 1\)\n/.test(terminal.out));
});
