import request from 'supertest';
import { operations } from '../../src/api/operations.ts';
import { createWorld } from '../support/world.ts';

test('GET /__emulator/openapi.json answers the document, with the address that was asked', async () => {
  const { status, body } = await request(createWorld().app)
    .get('/__emulator/openapi.json')
    .set('Host', 'localhost:4600');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    openapi: '3.1.0',
    servers: [{ url: 'http://localhost:4600/elements/api-v2' }],
  });
  const described = Object.values<object>(body.paths).flatMap((item) => Object.values(item));
  expect(described.map(({ operationId }) => operationId).sort()).toEqual(
    operations.map(({ operationId }) => operationId).sort(),
  );
});
