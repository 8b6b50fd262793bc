import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { createEmulator } from '../../src/index.ts';
import { basePath } from '../support/client.ts';
import { until } from '../support/until.ts';

/** Once these were answered 200: nothing of a closed emulator is to let a test pass. */

const closed = 'The emulator has been closed: create another one.';

test.each([`${basePath}/organizations/me`, `${basePath}/nowhere`, '/__emulator/health', '/elsewhere'])(
  'emulator.app answers 503 on %s after close()',
  async (path) => {
    const emulator = createEmulator();
    const { authorization } = emulator.credentials;
    await emulator.close();
    const answer = await request(emulator.app).get(path).set('Authorization', authorization);
    expect({ status: answer.status, message: answer.body.message }).toEqual({ status: 503, message: closed });
    expect(emulator.requests).toHaveLength(0);
  },
);

test('a request that waits for a reset when the emulator is closed is not answered either', async () => {
  const emulator = createEmulator();
  emulator.faults.add({ delayMs: 600_000, times: 1 });
  const first = request(emulator.app)
    .get(`${basePath}/organizations/me`)
    .then(({ status }) => status);
  await until(() => emulator.requests.length === 1);
  const resetting = emulator.reset();
  const second = request(emulator.app)
    .get(`${basePath}/organizations/me`)
    .then(({ status }) => status);
  const closing = emulator.close();
  expect(await first).toBe(401);
  expect(await second).toBe(503);
  await Promise.all([resetting, closing]);
});

test('what is under way by the app alone is kept before the data file is closed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'closed-'));
  const dataFile = join(folder, 'data.json');
  const emulator = createEmulator({ fixture: 'minimal', dataFile });
  emulator.faults.add({ delayMs: 600_000, operationId: 'createAccount' });
  const answering = request(emulator.app)
    .post(`${basePath}/accounts`)
    .set('Authorization', emulator.credentials.authorization)
    .send({ externalId: 'late' })
    .then(({ status }) => status);
  await until(() => emulator.requests.length === 1);
  await emulator.close();
  expect(await answering).toBe(200);
  expect(readFileSync(dataFile, 'utf8')).toContain('"late"');
  rmSync(folder, { recursive: true });
});
