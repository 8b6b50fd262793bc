import { createEmulator, startEmulator } from '../../src/index.ts';
import { operations } from '../../src/platform/operations.ts';
import { sendRaw } from '../http/raw.ts';
import { connect } from '../support/client.ts';
import { readDocument } from './enforce/folder.ts';

/** The texts of the document, and whether they are true. */

const { paths = {}, components = {} } = readDocument();
const text = (value: unknown) => JSON.stringify(value);

test('every field of every schema has a description', () => {
  const fields = Object.entries(components.schemas ?? {}).flatMap(([name, schema]) =>
    Object.entries('properties' in schema ? (schema.properties ?? {}) : {}).map(([field, each]) => ({
      field: `${name}.${field}`,
      description: each.description,
    })),
  );
  expect(fields.length).toBeGreaterThan(300);
  expect(fields.filter(({ description }) => !description).map(({ field }) => field)).toEqual([]);
});

test('no schema has a title, because tools would make it the name of a type', () => {
  expect(text(components.schemas)).not.toContain('"title"');
});

test('every operation has examples of its path parameters, search, body and answer', () => {
  const lacking = Object.entries(paths).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const parts = [
        ...(operation.parameters ?? []).filter((each) => 'in' in each && (each.in === 'path' || each.name === 'where')),
        ...[operation.requestBody, operation.responses?.[200]].flatMap((each) =>
          each !== undefined && 'content' in each ? Object.values(each.content ?? {}) : [],
        ),
      ];
      return parts.every((part) => typeof part === 'object' && part !== null && 'examples' in part)
        ? []
        : [`${method} ${path}`];
    }),
  );
  expect(lacking).toEqual([]);
});

test.each(operations.filter(({ query = [] }) => query.includes('where')))(
  '$operationId can be searched by every field that it names',
  async ({ operationId, path, answer }) => {
    const fields = answer.searched?.() ?? [];
    expect(fields.length).toBeGreaterThan(4);
    const { get } = connect(createEmulator());
    const parameters = path.startsWith('/organizations/')
      ? { id: '55579' }
      : { id: path.startsWith('/users') ? '412' : '161268' };
    const known = path.replace('{id}', parameters.id);
    for (const field of fields) {
      const where = encodeURIComponent(`${field} IS NOT NULL OR active=true`);
      expect({ operationId, field, status: (await get(`${known}?where=${where}`)).status }).toMatchObject({
        status: 200,
      });
    }
  },
);

/** The examples of errors are the platform's answers to such requests. */
describe('the example of an error is the answer of the emulator', () => {
  const json = (body: string) => ({
    method: 'POST',
    path: '/accounts',
    body,
    headers: { 'Content-Type': 'application/json' },
  });
  const roles = (...changes: object[]) => ({
    ...json(JSON.stringify(changes)),
    method: 'PUT',
    path: '/organizations/roles',
  });
  const provocations: Readonly<Record<string, Parameters<typeof sendRaw>[1]>> = {
    'BadRequest a-field-is-missing': json('{}'),
    'BadRequest a-parameter-cannot-be-used': { path: '/accounts?pageSize=0' },
    'Unauthorized every-cause': { path: '/accounts', headers: { Authorization: 'User no, Organization no' } },
    'Forbidden no-privilege': {
      path: '/organizations/roles',
      headers: { Authorization: createEmulator().authorizationFor(412) },
    },
    'Forbidden no-role-has-system': roles({ key: 'admin', privileges: [{ key: 'system' }] }),
    'Forbidden not-for-default-users': roles({ key: 'default-user', privileges: [{ key: 'intelligence' }] }),
    'NotFound no-users': { path: '/accounts/4022/users' },
    'NotFound an-unknown-account': { path: '/accounts/123456' },
    'NotAcceptable no-JSON': { path: '/accounts', headers: { Accept: 'text/html' } },
    'Conflict a-taken-externalId': json('{"externalId": "1984"}'),
    'Conflict a-taken-email': {
      ...json('{"firstName": "J", "lastName": "S", "email": "jane@acmedata.com"}'),
      path: '/organizations/users',
    },
    'PayloadTooLarge a-large-body': json(`"${'x'.repeat(1024 * 1024)}"`),
    'UnsupportedMediaType a-form': {
      ...json('externalId=1'),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    },
  };
  /** Other tests have these: a missing folder (answers.test.ts), a server, a fault. */
  const elsewhere = ['NotKept no-space', 'Otherwise a-fault', 'Otherwise a-long-URL'];
  const examples = Object.entries(components.responses ?? {}).flatMap(([name, response]) =>
    'content' in response
      ? Object.entries(response.content?.['application/json']?.examples ?? {}).map(([key, example]) => ({
          example: `${name} ${key}`,
          message: 'value' in example ? example.value.message : undefined,
        }))
      : [],
  );

  test('each example has a request', () => {
    const names = examples.map(({ example }) => example);
    expect(names.sort()).toEqual([...Object.keys(provocations), ...elsewhere].sort());
  });

  const emulator = createEmulator();
  test.each(examples.filter(({ example }) => !elsewhere.includes(example)))(
    '$example',
    async ({ example, message }) => {
      const given = provocations[example] ?? { path: '' };
      const headers = { Authorization: emulator.credentials.authorization, ...given.headers };
      const sent = { ...given, headers };
      expect(JSON.parse((await sendRaw(emulator, sent)).text)).toMatchObject({ message });
    },
  );

  test('Otherwise', async () => {
    const messages = examples.filter(({ example }) => example.startsWith('Otherwise')).map(({ message }) => message);
    const started = await startEmulator();
    started.faults.add({ path: '/accounts', status: 503 });
    const headers = { Authorization: started.credentials.authorization };
    const said: unknown[] = [];
    for (const path of ['/accounts', `/users?where=${'x'.repeat(20_000)}`]) {
      said.push(await (await fetch(started.baseUrl + path, { headers })).json());
    }
    await started.close();
    expect(said).toMatchObject(messages.map((message) => ({ message })));
  });
});
