import type { Static } from '@sinclair/typebox';
import * as Type from '@sinclair/typebox';
import { emailForm } from '../fixtures/fixture-schema.ts';
import { dateOfEpoch, parseDate } from '../state/dates.ts';
import { BadRequestError } from './errors.ts';

/** The kinds of fields in bodies of requests; the descriptions are for the OpenAPI document. */

const blankless = { pattern: '\\S', title: 'a text that is not blank' };

export const text = (description: string) => Type.String({ description });
export const filled = (description: string) => Type.String({ ...blankless, description });
export const flag = (description: string) => Type.Boolean({ description });
export const email = (description: string) => Type.String({ ...emailForm, description });

/** A list of objects with a key. @param one the schema of such an object; `example` is a key. */
export const keys = (one: { $id: string; description: string; example: string; key: string }, description: string) =>
  Type.Array(
    Type.Object(
      { key: filled(one.key) },
      { $id: one.$id, title: `an object such as {"key": "${one.example}"}`, description: one.description },
    ),
    { title: 'a list of objects with a key', description },
  );

/** A number is accepted for an external id, and kept as text (row `external-id-number`). */
export const externalIdField = (description: string) =>
  Type.Union([Type.String(blankless), Type.Number()], { title: `${blankless.title}, or a number`, description });

/** Reads the external id of a body as text. */
export function withExternalId<F extends { externalId?: Static<ReturnType<typeof externalIdField>> }>(
  fields: F,
): Omit<F, 'externalId'> & { externalId?: string } {
  const { externalId, ...rest } = fields;
  return externalId === undefined ? rest : { ...rest, externalId: String(externalId) };
}

const dateForms = 'a date (YYYY-MM-DD, an ISO 8601 timestamp or epoch milliseconds)';

export const createdDateField = (description: string) =>
  Type.Union([Type.String(), Type.Number()], { title: dateForms, description });

/**
 * Reads the date of creation of a body as epoch milliseconds. @throws {BadRequestError} for a date that does not exist.
 */
export function withCreatedDate<F extends { createdDate?: Static<ReturnType<typeof createdDateField>> }>(
  fields: F,
): Omit<F, 'createdDate'> & { createdDate?: number } {
  const { createdDate, ...rest } = fields;
  if (createdDate === undefined) return rest;
  const date = typeof createdDate === 'number' ? dateOfEpoch(createdDate) : parseDate(createdDate);
  if (date === undefined) throw new BadRequestError(`Field 'createdDate' must be ${dateForms}.`);
  return { ...rest, createdDate: date.at };
}
