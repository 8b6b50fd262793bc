import * as answers from '../answer.ts';
import { passwordPolicyUpdate } from '../fields.ts';
import { type Operation, operation } from '../operation.ts';
import * as policies from './rules.ts';

/** /organizations/password-policies; GET /organizations/me shows the policy. */
export const passwordPolicyOperations: readonly Operation[] = [
  operation({
    operationId: 'updatePasswordPolicy',
    method: 'PUT',
    path: '/organizations/password-policies',
    summary: 'Change the password policy of the organization',
    source: 'vendor docs',
    access: { organization: 'modifySecurity', refusal: 403 },
    body: passwordPolicyUpdate,
    answer: answers.passwordPolicy,
    handler: ({ context, caller, body }) => ({ body: policies.updatePasswordPolicy(context, caller, body) }),
  }),
  operation({
    operationId: 'deletePasswordPolicy',
    method: 'DELETE',
    path: '/organizations/password-policies',
    summary: "Go back to the platform's default password policy",
    source: 'vendor docs',
    access: { organization: 'modifySecurity', refusal: 403 },
    answer: answers.passwordPolicy,
    handler: ({ context, caller }) => ({ body: policies.resetPasswordPolicy(context, caller) }),
  }),
];
