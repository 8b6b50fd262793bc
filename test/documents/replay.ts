import request from 'supertest';
import { createEmulator, type Emulator } from '../../src/index.ts';
import { basePath, connect } from '../support/client.ts';
import { type Answer, complaintsAbout, type Printed } from './compare.js';
import settings from './data/settings.json' with { type: 'json' };

/** A request as the document prints it, with the printed response. */
export interface PrintedRequest extends Printed {
  readonly name: string;
  readonly method: string;
  /** Below the base path, encoded as it is printed. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly body?: object | undefined;
  /** Why it is not replayed in its printed place. */
  readonly moved?: string | undefined;
  /** Which slips of the page were put right in the transcript. */
  readonly mended?: string | undefined;
}

/** The requests of one document, in the order of their replay. */
export interface PrintedDocument {
  readonly requests: readonly PrintedRequest[];
}

/** The credentials that seeds 001 and 003 print. */
export const authorization = `User ${settings.userSecret}, Organization ${settings.organizationSecret}`;

/** The organization of the documents, on the day seed 000 was written. */
export function createDocumentsEmulator(): Emulator {
  return createEmulator({ now: settings.now, seed: settings.seed });
}

/** Calls the emulator of the documents with the printed credentials. */
export function connectToDocuments(emulator: Emulator = createDocumentsEmulator()) {
  return connect(emulator, authorization);
}

/** Sends a printed request as it is printed. */
export async function send(emulator: Emulator, { method, path, headers, body }: PrintedRequest): Promise<Answer> {
  const sent = start(request(emulator.app), method, basePath + path)
    .set('authorization', authorization)
    .set('content-type', 'application/json');
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value !== undefined) sent.set(name, value);
  }
  const { status, text } = await (body === undefined ? sent : sent.send(body));
  return { status, body: text === '' ? undefined : JSON.parse(text) };
}

/** One test a printed request, on one emulator that none of the other tests touches. */
export function replays(document: PrintedDocument): void {
  const answers: Answer[] = [];

  beforeAll(async () => {
    const emulator = createDocumentsEmulator();
    for (const printed of document.requests) answers.push(await send(emulator, printed));
  });

  test.each(
    document.requests.map((printed, index) => ({ title: `${printed.method} ${printed.path}`, printed, index })),
  )('$title: $printed.name', ({ printed, index }) => {
    const answer = answers[index];
    if (answer === undefined) throw new Error(`Request ${index} was not replayed.`);
    expect(complaintsAbout(printed, answer)).toEqual([]);
  });
}

function start(agent: ReturnType<typeof request>, method: string, path: string): request.Test {
  switch (method) {
    case 'GET':
      return agent.get(path);
    case 'POST':
      return agent.post(path);
    case 'PUT':
      return agent.put(path);
    case 'PATCH':
      return agent.patch(path);
    case 'DELETE':
      return agent.delete(path);
    default:
      throw new Error(`The documents print no ${method} request.`);
  }
}
