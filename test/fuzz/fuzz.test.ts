import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { basePath } from '../support/client.ts';
import { anyRequest, type FuzzRequest } from './arbitraries.ts';
import { Invariants } from './invariants.ts';
import { resolve } from './resolve.ts';
import { createSubject, type Subject, serve } from './subject.ts';
import { expectedTotal, verify, verifyTenant } from './verify.ts';
import { Wire, type WireAnswer } from './wire.ts';

/** How many requests are sent at least, and with which seed they begin: both can be set from outside. */
const wanted = Number(process.env.FUZZ_REQUESTS ?? 20_000);
const seed = Number(process.env.FC_SEED ?? 20170115);

const sequences = { maxLength: 300, aRound: 10, snapshotEvery: 50 };

/** The properties of every prototype; no other property may be added. */
const prototypes = [Object, Array, Function, String, Number, Boolean, Map, Promise].map(({ prototype }) => prototype);
const namesOf = () => prototypes.map((prototype) => Reflect.ownKeys(prototype).map(String).join());
const names = namesOf();

/** The bytes of a request, its marks replaced by what they stand for now. */
function write(made: FuzzRequest, subject: Subject, nextPage: string | undefined) {
  const fill = (text: string, encode: (value: string) => string) => resolve(text, subject.state, nextPage, encode);
  const target = basePath + fill(made.target, (value) => encodeURIComponent(Buffer.from(value).toString()));
  const lines = made.headers.map(([name, value]) => `${name}: ${fill(value, (text) => text.replace(/[\r\n]/g, ''))}`);
  const body = Buffer.from(fill(made.body ?? '', (value) => JSON.stringify(value).slice(1, -1)));
  const framing = made.isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
  const head = [
    `${made.method} ${target} HTTP/1.1`,
    ...(lines.some((line) => line.startsWith('Host')) ? [] : ['Host: localhost']),
    ...lines,
    ...(made.body === undefined ? [] : [framing]),
  ];
  const length = body.length === 0 ? '' : `${body.length.toString(16)}\r\n`;
  const chunks = [Buffer.from(length), body, Buffer.from(length === '' ? '0\r\n\r\n' : '\r\n0\r\n\r\n')];
  const sent = made.body === undefined ? [] : made.isChunked ? chunks : [body];
  return { target, bytes: Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), ...sent]) };
}

const statuses: Record<number, number> = {};
const answered: Record<string, number> = {};
let requests = 0;

/** Sends a request, and checks the answer and what has become of the emulator. */
async function tryOut(made: FuzzRequest, subject: Subject, invariants: Invariants, wire: Wire, page?: string) {
  const { target, bytes } = write(made, subject, page);
  try {
    const answer = await wire.exchange(bytes, made.method === 'HEAD');
    const noted = subject.last?.id === answer.headers.get('elements-request-id') ? subject.last : undefined;
    const { status } = answer;
    requests += 1;
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status === 200 && noted?.operationId !== undefined) {
      answered[noted.operationId] = (answered[noted.operationId] ?? 0) + 1;
    }
    verify(answer, { ...made, target }, noted);
    if (status === 200 && made.method !== 'HEAD' && noted !== undefined)
      verifyTenant(answer.text, noted, subject.state);
    verifyTotal(answer, subject);
    if (subject.errors.length > 0) throw new Error(`the emulator reports ${subject.errors}`);
    const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(made.method);
    const hasChanged = invariants.hasChanged();
    // A wrong password is counted, and locks the user in the end.
    const mayChange = !isRead && (status === 200 || (status === 401 && noted?.operationId === 'authenticate'));
    if (hasChanged && !mayChange) throw new Error(`${status}, and the state has changed`);
    if (!isRead) invariants.check();
    return answer.headers.get('elements-next-page-token') ?? page;
  } catch (error) {
    wire.close();
    throw new Error(`${error instanceof Error ? error.message : error}\nin answer to\n${bytes}`, { cause: error });
  }
}

function verifyTotal({ status, headers }: WireAnswer, { last, state }: Subject): void {
  if (status !== 200 || last?.status !== 200 || last.method !== 'GET') return;
  const total = expectedTotal(last, state);
  if (total === undefined || String(total) === headers.get('elements-total-count')) return;
  throw new Error(`Elements-Total-Count is ${headers.get('elements-total-count')}, a scan finds ${total}`);
}

test(
  `${wanted} valid and invalid requests keep the emulator consistent`,
  async () => {
    const property = fc.asyncProperty(
      fc.array(anyRequest, { minLength: 1, maxLength: sequences.maxLength, size: 'max' }),
      async (made) => {
        const subject = createSubject();
        const server = await serve(subject);
        const wire = new Wire(server.port);
        try {
          const invariants = new Invariants(subject);
          let page: string | undefined;
          for (const [index, request] of made.entries()) {
            page = await tryOut(request, subject, invariants, wire, page);
            if (index % sequences.snapshotEvery === 0) invariants.checkSnapshot();
          }
          invariants.checkSnapshot();
          expect(namesOf()).toEqual(names);
        } finally {
          wire.close();
          await server.close();
        }
      },
    );
    // A failure names the seed of its round, which `FC_SEED` begins with again.
    for (let round = 0; requests < wanted; round += 1) {
      await fc.assert(property, {
        seed: seed + round,
        numRuns: sequences.aRound,
        interruptAfterTimeLimit: 120_000,
        markInterruptAsFailure: true,
      });
    }
    expect(requests).toBeGreaterThanOrEqual(wanted);
    keepFigures();
  },
  60_000 + wanted * 20,
);

/** For who wants to publish them. */
function keepFigures(): void {
  const folder = process.env.FIGURES_DIR;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'fuzz.json'), `${JSON.stringify({ requests, statuses, answered }, undefined, 2)}\n`);
}
