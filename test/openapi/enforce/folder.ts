import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenAPIObject } from 'openapi3-ts/oas31';

/** The processes of one run share the document, and the list of answers that each of them has seen. */

const variable = 'CONTRACT_FOLDER';

/** Makes the folder; processes that start later find it. */
export function makeFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'contract-'));
  process.env[variable] = made;
  return made;
}

export function removeFolder(): void {
  rmSync(folder(), { recursive: true });
}

export function writeDocument(document: object): void {
  writeFileSync(join(folder(), 'openapi.json'), JSON.stringify(document));
}

export function readDocument(): OpenAPIObject {
  return JSON.parse(readFileSync(join(folder(), 'openapi.json'), 'utf8'));
}

/** Adds answers that this process has seen. */
export function noteSeen(answers: Iterable<string>): void {
  appendFileSync(join(folder(), `seen-${process.pid}`), [...answers, ''].join('\n'));
}

/** The answers that all processes have seen. */
export function readSeen(): Set<string> {
  const files = readdirSync(folder()).filter((name) => name.startsWith('seen-'));
  return new Set(files.flatMap((name) => readFileSync(join(folder(), name), 'utf8').split('\n')));
}

function folder(): string {
  const made = process.env[variable];
  if (made === undefined) throw new Error(`${variable} is not set: is globalSetup of jest.config.js gone?`);
  return made;
}
