import { type Agent, request } from 'node:http';
import { type Answer, type Change, given, isSame, type ModelAccount, nextChange } from './crash-model.ts';
import type { Place } from './processes.ts';

/** The counts of all rounds. */
export class Counts {
  rounds = 0;
  /** Changes that were answered with 200. */
  acknowledged = 0;
  /** Changes that had no answer when their process was killed: present completely, or not at all. */
  inFlight = 0;
  inFlightKept = 0;
  /** Accounts that lack something that was acknowledged. */
  lost = 0;
  /** Accounts with a part of a change that was under way. */
  half = 0;
  /** Ids, secrets and tokens that were given a second time. */
  givenTwice = 0;
  /** Kills that left a temporary file behind: they hit a write. */
  hitWrites = 0;
  /** Kills that left a log, and those that left one in which a file is marked. */
  leftLogs = 0;
  hitMarks = 0;
}

/** Sends a request: its status and body, or `undefined` when there was no answer. */
export function send(
  { url, authorization }: Place,
  { method, path, body }: Pick<Change, 'path' | 'body'> & { method: string },
  agent: Agent,
): Promise<{ status: number; body: Answer } | undefined> {
  return new Promise((resolve) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      Authorization: authorization,
      ...(text === undefined
        ? {}
        : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
    };
    const sent = request(url + path, { method, headers, agent }, (response) => {
      let answer = '';
      const status = response.statusCode ?? 0;
      response.setEncoding('utf8').on('data', (data) => (answer += data));
      response.on('end', () => resolve({ status, body: answer === '' ? {} : JSON.parse(answer) }));
      // The client received the status: that is an acknowledgment without further content.
      response.on('error', () => resolve({ status, body: {} }));
    });
    sent.on('error', () => resolve(undefined));
    sent.end(text);
  });
}

/** One of the concurrent writers: sends one change after the other to its own accounts, and records them. */
export class Writer {
  readonly #name: string;
  readonly #random: () => number;
  readonly #given: Set<string>;
  readonly #counts: Counts;
  #accounts = new Map<string, ModelAccount>();
  #open: Change | undefined;
  #count = 0;

  constructor(name: string, random: () => number, ids: Set<string>, counts: Counts) {
    this.#name = name;
    this.#random = random;
    this.#given = ids;
    this.#counts = counts;
  }

  /** Writes until the server ends; reports every acknowledged change. */
  async run(place: Place, agent: Agent, onAcknowledged: () => void): Promise<void> {
    for (;;) {
      this.#count += 1;
      const change = nextChange([...this.#accounts.values()], this.#name, this.#count, this.#random);
      this.#open = change;
      const answer = await send(place, change, agent);
      if (answer === undefined) return;
      if (answer.status !== 200) {
        throw new Error(`${change.method} ${change.path} was answered ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      this.#open = undefined;
      this.#counts.acknowledged += 1;
      onAcknowledged();
      this.#accounts.set(change.account, change.apply(answer.body));
      for (const text of given(answer.body, change.method === 'POST' ? change.path : '')) this.#note(text, change);
    }
  }

  #note(text: string, { method }: Change): void {
    // Other answers show ids that there are already.
    if (method !== 'POST') return;
    if (this.#given.has(text)) this.#counts.givenTwice += 1;
    this.#given.add(text);
  }

  /** Begins with the content of a file, unchecked. */
  adopt(found: ReadonlyMap<string, ModelAccount>): void {
    this.#accounts = this.#own(found);
  }

  #own(found: ReadonlyMap<string, ModelAccount>): Map<string, ModelAccount> {
    return new Map([...found].filter(([externalId]) => externalId.startsWith(`writer-${this.#name}-`)));
  }

  /** Compares with the content of the file and continues from there. @returns the differences in words. */
  check(found: ReadonlyMap<string, ModelAccount>): string[] {
    const open = this.#open;
    this.#open = undefined;
    const wrong: string[] = [];
    const own = this.#own(found);
    for (const externalId of new Set([...own.keys(), ...this.#accounts.keys(), ...(open ? [open.account] : [])])) {
      const [before, now] = [this.#accounts.get(externalId), own.get(externalId)];
      const isOpen = open?.account === externalId;
      if (isOpen) this.#counts.inFlight += 1;
      if (isSame(before, now)) continue;
      if (isOpen && isSame(open.apply(), now)) {
        this.#counts.inFlightKept += 1;
        continue;
      }
      this.#counts[isOpen ? 'half' : 'lost'] += 1;
      const what = isOpen ? `${open.method} ${open.path}, not acknowledged` : 'acknowledged';
      wrong.push(`${what}: expected ${JSON.stringify(before)}, found ${JSON.stringify(now)}`);
    }
    this.#accounts = own;
    return wrong;
  }
}
