import { openOperation, operation, type Resource } from '../operation.ts';
import { changePassword, getSecrets, logIn, resetUserSecret } from './rules.ts';
import { logIn as logInBody, ownPassword, secrets, session } from './schemas.ts';

/** /authentication. */
export const authentication: Resource = {
  tag: 'authentication',
  description: "Logging in, and the caller's secrets.",
  operations: [
    openOperation({
      operationId: 'authenticate',
      method: 'POST',
      path: '/authentication',
      summary: 'Log in: a Bearer token for a user name and a password',
      description:
        'The token replaces both secrets: send it as `Authorization: Bearer <token>`. The answer is 401 for a wrong name or password; five wrong passwords in a row lock the user until an administrator sets another.',
      source: 'vendor docs',
      body: logInBody,
      answer: session,
      success: 'The user who has logged in, and the token.',
      errors: [401],
      handler: ({ context, body }) => logIn(context, body),
    }),
    operation({
      operationId: 'getSecrets',
      method: 'GET',
      path: '/authentication/secrets',
      summary: "Retrieve the caller's secrets",
      description: 'For programs that have logged in and need the secrets.',
      source: 'vendor docs',
      access: 'user',
      answer: secrets,
      success: 'Both secrets.',
      handler: ({ caller }) => getSecrets(caller),
    }),
    operation({
      operationId: 'changePassword',
      method: 'POST',
      path: '/authentication/passwords',
      summary: "Change the caller's password, and log in again",
      description:
        "The password must meet the organization's password policy. The user's earlier tokens become invalid.",
      source: 'vendor docs',
      access: 'user',
      body: ownPassword,
      answer: session,
      success: 'The user, and a fresh token.',
      handler: ({ context, caller, body }) => changePassword(context, caller, body),
    }),
    operation({
      operationId: 'resetUserSecret',
      method: 'POST',
      path: '/authentication/user-secret-reset',
      summary: "Replace the caller's user secret",
      description: 'The old secret is refused from the next request on.',
      source: 'vendor docs',
      access: 'user',
      answer: secrets,
      success: 'Both secrets.',
      handler: ({ context, caller }) => resetUserSecret(context, caller),
    }),
  ],
};
