import * as Type from '@sinclair/typebox';
import { NotFoundError } from '../http/errors.ts';
import { adviseCaller } from './callers.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { excerpt } from './excerpt.ts';
import { showRules } from './tree.ts';

const Text = Type.Optional(Type.String());
const closed = { additionalProperties: false } as const;

/** Further endpoints that only read, made for the sandbox page and useful for other clients. */
export const sandboxEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/callers',
    query: Type.Object(
      {
        operationId: Type.String({ minLength: 1 }),
        path: Type.String({ minLength: 1 }),
        user: Type.Optional(Type.String()),
      },
      closed,
    ),
    handler: ({ controls, query: { operationId, path, user } }) => {
      const advice = adviseCaller(controls.state(), operationId, path, user);
      if (advice !== undefined) return advice;
      throw new NotFoundError(`There is no operation '${operationId}': see docs/operations.md for all.`);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/organizations/{id}',
    query: Type.Object({}, closed),
    handler: ({ controls, name }) => {
      const rules = /^\d+$/.test(name) ? showRules(controls.state(), Number(name)) : undefined;
      if (rules !== undefined) return rules;
      throw new NotFoundError(`There is no organization ${name}.`);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/excerpt',
    query: Type.Object({ path: Type.String({ minLength: 1 }), user: Text, externalId: Text, email: Text }, closed),
    handler: ({ controls, query }) => excerpt(controls.state(), query),
  }),
];
