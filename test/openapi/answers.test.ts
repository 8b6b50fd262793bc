import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from '../../src/index.ts';
import { errorStatusesOf } from '../../src/openapi/error-statuses.ts';
import { sendRaw } from '../http/raw.ts';
import { refused, seen } from '../platform/answers.ts';
import { type Sample, samples } from '../platform/samples.ts';
import { connect } from '../support/client.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';
import { world } from '../support/world.ts';

const createWorld = reuseWorlds();

/**
 * Every operation answers the error statuses that follow from the columns of its row. (Those of the rules have their
 * tests in test/platform; a run of the whole suite ends with an error when no test saw one of them.)
 */

const documents = (status: number) =>
  samples.filter(({ operation }) => errorStatusesOf(operation).some((s) => s === status));
const undocumented = (status: number) => samples.filter((sample) => !documents(status).includes(sample));

const sends = ({ verb, body, path }: Sample, emulator = createWorld()) => {
  const test = connect(emulator).call(verb, path);
  return body === undefined ? test : test.send(body);
};

// The refused requests change nothing, so that one emulator is enough.
const emulator = createWorld();

test.each(documents(406))('$operationId answers 406 if the request does not accept JSON', async (sample) => {
  expect(seen(await sends(sample, emulator).set('Accept', 'text/html'))).toEqual(refused(406, expect.any(String)));
});

test.each(documents(413))('$operationId answers 413 if the body is too large', async ({ verb, path }) => {
  const request = { method: verb.toUpperCase(), path, body: `"${'x'.repeat(1024 * 1024)}"` };
  const headers = { 'Content-Type': 'application/json' };
  expect(await sendRaw(emulator, { ...request, headers })).toMatchObject(refused(413, expect.any(String)));
});

test.each(documents(415))('$operationId answers 415 if the body is not JSON', async ({ verb, path }) => {
  const request = { method: verb.toUpperCase(), path, body: 'a=b', headers: { 'Content-Type': 'text/plain' } };
  expect(await sendRaw(emulator, request)).toMatchObject(refused(415, expect.any(String)));
});

test.each(undocumented(413))('$operationId ignores a body', async ({ verb, path }) => {
  const request = { method: verb.toUpperCase(), path, body: 'a=b', headers: { 'Content-Type': 'text/plain' } };
  expect(await sendRaw(createWorld(), request)).toMatchObject({ status: 200 });
});

describe('a change that cannot be stored in the data file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** An emulator with a data file whose folder was removed. */
  const open = () => {
    const place = mkdtempSync(join(folder, 'gone-'));
    const options = { fixture: world, now: '2020-03-01T10:20:30Z', seed: 'world' };
    const broken = createEmulator({ ...options, dataFile: join(place, 'data.json'), onError: () => undefined });
    rmSync(place, { recursive: true });
    return broken;
  };

  // The sample of this operation changes nothing: it grants a role that is granted already.
  const own: Record<string, string> = { grantAccountRole: '/accounts/120/roles/admin' };
  const changes = documents(500).map((sample) => ({ ...sample, path: own[sample.operationId] ?? sample.path }));
  test.each(changes)('is a 500 of $operationId, which changes the state', async (sample) => {
    const message = 'The change could not be saved in the data file (its lock is gone) and was undone.';
    expect(seen(await sends(sample, open()))).toEqual(refused(500, message));
  });

  test.each(undocumented(500))('does not affect $operationId, which changes nothing', async (sample) => {
    expect((await sends(sample, open())).status).toBe(200);
  });
});

test.each(samples)('$operationId reads Elements-User-Password only if its row says so', async (sample) => {
  const without = seen(await sends(sample));
  const withPassword = seen(await sends(sample).set('Elements-User-Password', 'user-pw'));
  const isRead = JSON.stringify(withPassword) !== JSON.stringify(without);
  expect(isRead).toBe(sample.operation.readsPassword ?? false);
});
