import { type Agent, request } from 'node:http';
import { type Answer, type Change, given, isSame, type ModelAccount, nextChange } from './crash-model.ts';
import type { Place } from './processes.ts';

/** What was counted over all rounds. */
export class Counts {
  rounds = 0;
  /** Changes that were answered with 200. */
  acknowledged = 0;
  /** Changes that had no answer when their process was killed: wholly there, or not at all. */
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
      // The status was out: that is an acknowledgement, though it tells nothing more.
      response.on('error', () => resolve({ status, body: {} }));
    });
    sent.on('error', () => resolve(undefined));
    sent.end(text);
  });
}

/** One of the concurrent writers: sends one change after the other to its own accounts, and keeps account of them. */
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

  /** Writes until the other side is gone; tells of every change that is acknowledged. */
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

  /** Begins with what a file has, unseen. */
  adopt(found: ReadonlyMap<string, ModelAccount>): void {
    this.#accounts = this.#own(found);
  }

  #own(found: ReadonlyMap<string, ModelAccount>): Map<string, ModelAccount> {
    return new Map([...found].filter(([externalId]) => externalId.startsWith(`writer-${this.#name}-`)));
  }

  /** Compares with what the file has, and goes on from there: what is wrong, in words. */
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
