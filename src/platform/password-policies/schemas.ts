import type { TObject } from '@sinclair/typebox';
import * as Type from '@sinclair/typebox';
import { PasswordPolicySchema } from '../../fixtures/fixture-schema.ts';
import type { PasswordPolicy } from '../../state/records.ts';
import { closed, object } from '../answer.ts';
import { bodyType } from '../body.ts';
import { maxPreviousPasswords } from '../users/passwords.ts';

/** The requests and answers of the operations of password policies. */

const descriptions = {
  minLength: 'The fewest characters.',
  minUppercase: 'The fewest upper-case letters.',
  minLowercase: 'The fewest lower-case letters.',
  minNumbers: 'The fewest digits.',
  minSymbols: 'The fewest symbols.',
  symbolCharacterSet: 'What counts as a symbol; others are refused.',
  previousPasswordCount: 'How many of the last passwords cannot be used again.',
  expirationDays: 'After how many days a password expires.',
} satisfies Record<keyof PasswordPolicy, string>;

export function policySchema(): TObject {
  const { properties } = PasswordPolicySchema;
  return Type.Object(
    {
      minLength: { ...properties.minLength, description: descriptions.minLength },
      minUppercase: { ...properties.minUppercase, description: descriptions.minUppercase },
      minLowercase: { ...properties.minLowercase, description: descriptions.minLowercase },
      minNumbers: { ...properties.minNumbers, description: descriptions.minNumbers },
      minSymbols: { ...properties.minSymbols, description: descriptions.minSymbols },
      symbolCharacterSet: { ...properties.symbolCharacterSet, description: descriptions.symbolCharacterSet },
      previousPasswordCount: { ...properties.previousPasswordCount, description: descriptions.previousPasswordCount },
      expirationDays: { ...properties.expirationDays, description: descriptions.expirationDays },
    },
    {
      ...closed,
      $id: 'PasswordPolicy',
      description: 'The rules for passwords in the organization.',
    },
  );
}

export const passwordPolicy = object(policySchema, (policy: PasswordPolicy) => ({ ...policy }));

/** The bounds are the vendor's; `null` is a value out of bounds here, and not "not given" (row `null-in-password-policy`). */
export const passwordPolicyUpdate = bodyType(
  Type.Object(
    {
      minLength: bounded('minLength', 8, 100),
      minUppercase: bounded('minUppercase', 0, 10),
      minLowercase: bounded('minLowercase', 0, 10),
      minNumbers: bounded('minNumbers', 0, 10),
      minSymbols: bounded('minSymbols', 0, 10),
      symbolCharacterSet: Type.Optional(
        Type.String({
          maxLength: 1000,
          title: 'a text of 1000 characters at most',
          description: descriptions.symbolCharacterSet,
        }),
      ),
      previousPasswordCount: bounded('previousPasswordCount', 0, maxPreviousPasswords),
      expirationDays: Type.Optional(Type.Integer({ minimum: 0, description: descriptions.expirationDays })),
    },
    { $id: 'PasswordPolicyUpdate', noNull: true },
  ),
  (fields) => fields,
);

function bounded(name: keyof typeof descriptions, minimum: number, maximum: number) {
  return Type.Optional(Type.Integer({ minimum, maximum, description: descriptions[name] }));
}
