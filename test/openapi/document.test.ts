import { createEmulator, describeApi } from '../../src/index.ts';
import { operations } from '../../src/platform/operations.ts';
import { version } from '../../src/text/version.ts';
import { request } from '../support/client.ts';
import { readDocument } from './enforce/folder.ts';

/** The document of this run. */
const document = readDocument();

/** Every operation of the document, by its method and path. */
const described = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  (['get', 'post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
    const operation = item[method];
    return operation === undefined ? [] : [{ path, method, ...operation }];
  }),
);

const shapeOf = (path: string) => path.replace(/\{\w+\}/g, '{}');

test('GET /__emulator/openapi.json answers the document with the address of the request', async () => {
  const { app } = createEmulator();
  const { status, body } = await request(app).get('/__emulator/openapi.json').set('Host', '127.0.0.1:4600');
  expect(status).toBe(200);
  expect(body).toEqual(document);
  expect(JSON.parse(JSON.stringify(await describeApi()))).toEqual(document);
  expect(body).toMatchObject({
    openapi: '3.1.0',
    info: { version },
    servers: [{ url: 'http://127.0.0.1:4600/elements/api-v2' }],
  });
});

test('the document has every operation of the table', () => {
  const rows = operations.map(({ operationId, method, path, summary }) => [
    operationId,
    method,
    shapeOf(path),
    summary,
  ]);
  const found = described.map(({ operationId, method, path, summary }) => {
    return [operationId, method.toUpperCase(), shapeOf(path), summary];
  });
  expect(found.sort()).toEqual(rows.sort());
});

test('an operation without credentials has none in the document', () => {
  const open = described.filter(({ security }) => security !== undefined);
  expect(open.map(({ operationId, security }) => [operationId, security])).toEqual([['authenticate', []]]);
  expect(document.security).toEqual([{ secrets: [] }, { token: [] }]);
});

test('every operation has one tag with a description', () => {
  const tags = described.map(({ tags }) => tags?.join());
  expect([...new Set(tags)].sort()).toEqual(document.tags?.map(({ name }) => name).sort());
  for (const { name, description } of document.tags ?? []) expect(description).not.toBe(name);
});

test.each(operations.filter(({ body }) => body !== undefined))(
  '$operationId accepts the examples of its request',
  ({ operationId, body }) => {
    const { requestBody } = described.find((operation) => operation.operationId === operationId) ?? {};
    if (requestBody === undefined || '$ref' in requestBody) throw new Error('its body is written there');
    const examples = Object.values(requestBody.content['application/json']?.examples ?? {});
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(() => body?.read('value' in example && example.value)).not.toThrow();
  },
);
