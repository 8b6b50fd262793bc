import * as answers from '../answer.ts';
import { logIn, ownPassword } from '../fields.ts';
import { type Operation, openOperation, operation } from '../operation.ts';
import * as sessions from './rules.ts';

/** /authentication. */
export const authenticationOperations: readonly Operation[] = [
  openOperation({
    operationId: 'authenticate',
    method: 'POST',
    path: '/authentication',
    summary: 'Log in: a Bearer token for a user name and a password',
    source: 'vendor docs',
    body: logIn,
    answer: answers.session,
    refusals: [401],
    handler: ({ context, body }) => ({ body: sessions.logIn(context, body) }),
  }),
  operation({
    operationId: 'getSecrets',
    method: 'GET',
    path: '/authentication/secrets',
    summary: "Retrieve the caller's secrets",
    source: 'vendor docs',
    access: 'user',
    answer: answers.secrets,
    handler: ({ caller }) => ({ body: sessions.getSecrets(caller) }),
  }),
  operation({
    operationId: 'changePassword',
    method: 'POST',
    path: '/authentication/passwords',
    summary: "Change the caller's password, and log in anew",
    source: 'vendor docs',
    access: 'user',
    body: ownPassword,
    answer: answers.session,
    handler: ({ context, caller, body }) => ({ body: sessions.changePassword(context, caller, body) }),
  }),
  operation({
    operationId: 'resetUserSecret',
    method: 'POST',
    path: '/authentication/user-secret-reset',
    summary: "Replace the caller's user secret",
    source: 'vendor docs',
    access: 'user',
    answer: answers.secrets,
    handler: ({ context, caller }) => ({ body: sessions.resetUserSecret(context, caller) }),
  }),
];
