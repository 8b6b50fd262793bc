import type { TSchema } from '@sinclair/typebox';
import { Errors } from '@sinclair/typebox/errors';
import { Check } from '@sinclair/typebox/value';
import { connect } from '../support/client.ts';
import { reuseWorlds } from '../support/reuse-worlds.ts';
import { samples } from './samples.ts';

const createWorld = reuseWorlds();

/** The places where a body does not fit a schema. */
function issues(schema: TSchema, body: unknown): unknown[] {
  return [...Errors(schema, body)].map(({ path, message }) => `${path}: ${message}`);
}

test.each(samples)(
  'the answer of $operationId matches the schema of its row',
  async ({ operation, verb, path, body }) => {
    const test = connect(createWorld()).call(verb, path);
    const response = await (body === undefined ? test : test.send(body));
    expect(response.status).toBe(200);
    const schema = operation.answer.schema();
    if (schema === undefined) expect(response.text).toBe('');
    else expect(issues(schema, response.body)).toEqual([]);
    expect(operation.answer.kind).toBe(
      response.text === '' ? 'empty' : Array.isArray(response.body) ? 'list' : 'object',
    );
  },
);

test.each(samples.filter(({ operation }) => operation.answer.kind === 'object'))(
  'the schema of $operationId refuses additional and missing fields',
  async ({ operation, verb, path, body }) => {
    const test = connect(createWorld()).call(verb, path);
    const answered: object = (await (body === undefined ? test : test.send(body))).body;
    const schema = operation.answer.schema();
    if (schema === undefined) throw new Error('an object has a schema');
    expect(Check(schema, { ...answered, surplus: 1 })).toBe(false);
    const [first = ''] = Object.keys(answered);
    expect(Check(schema, { ...answered, [first]: undefined })).toBe(false);
  },
);
