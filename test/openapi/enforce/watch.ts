import { type IncomingMessage, ServerResponse } from 'node:http';
import type { AppLocals } from '../../../src/app.ts';
import { closedMessage } from '../../../src/http/closed.ts';
import { type Answer, Contract, type Judgement } from './contract.ts';
import { noteSeen, readDocument } from './folder.ts';

/** A response of the emulator, with what src/app.ts keeps beside it; another server's response has no locals. */
interface Watched extends ServerResponse {
  readonly req: IncomingMessage & { readonly originalUrl?: string };
  readonly locals?: Partial<AppLocals>;
}

/**
 * Judges every answer of the platform that leaves an emulator in this process. All test files of a process share the
 * classes of node:http, so that one watch is enough.
 */
export class Watch {
  readonly #complaints: string[] = [];
  readonly #seen = new Set<string>();
  /** Those that are not in the folder yet. */
  readonly #unsaved = new Set<string>();
  #contract: Contract | undefined;

  constructor() {
    const { writeHead, end } = ServerResponse.prototype;
    const heads = new WeakMap<ServerResponse, [status: number, headers: unknown]>();
    const look = (response: Watched, body: unknown) => {
      try {
        this.#look(response, heads.get(response), body);
      } catch (error) {
        // The answer is sent anyway.
        this.#complaints.push(`the contract check itself failed: ${error}`);
      }
    };
    Object.assign(ServerResponse.prototype, {
      writeHead(this: Watched, ...args: [number, unknown]) {
        heads.set(this, args);
        return Reflect.apply(writeHead, this, args);
      },
      end(this: Watched, ...args: unknown[]) {
        look(this, args[0]);
        return Reflect.apply(end, this, args);
      },
    });
  }

  /** The differences from the document since the last call. */
  takeComplaints(): string[] {
    return this.#complaints.splice(0);
  }

  /** Writes the seen answers to the folder, for the end of the run. */
  save(): void {
    noteSeen(this.#unsaved);
    this.#unsaved.clear();
  }

  #look(response: Watched, head: [status: number, headers: unknown] | undefined, body: unknown): void {
    const { target, recorder } = response.locals ?? {};
    if (head === undefined || target?.side !== 'platform' || recorder === undefined) return;
    const [status, raw] = head;
    const method = response.req.method ?? '';
    const text = typeof body === 'string' ? body : Buffer.isBuffer(body) ? body.toString() : '';
    const { path } = target;
    const { answer, faults } = this.#judge({ method, path, status, headers: readHeaders(raw), body: text });
    // Before the journal's entry is read, which makes it.
    if (faults.length === 0 && (answer === undefined || this.#seen.has(answer))) return;

    const { fault, message, stub, trueStatus } = recorder.request;
    // Stubs are not in the document.
    if (stub !== undefined) return;
    // The answer of a fault is the test's; a fault that only delays the operation leaves the platform's answer.
    if (fault !== undefined && (message !== undefined || trueStatus !== undefined)) return;
    // A closed emulator answers 503 on every path, which is not the platform's answer.
    if (message === closedMessage) return;
    // A test that breaks the emulator itself says so.
    if (response.req.headers['x-undocumented-status'] === String(status)) return;

    if (answer !== undefined && faults.length === 0) {
      this.#seen.add(answer);
      this.#unsaved.add(answer);
    }
    this.#complaints.push(...faults.map((found) => `${method} ${path}: ${found}`));
  }

  #judge(answer: Answer): Judgement {
    this.#contract ??= new Contract(readDocument());
    try {
      return this.#contract.judge(answer);
    } catch (error) {
      // Such as a body that is no JSON, which a stub or a fault may send.
      return { faults: [`it cannot be judged: ${error}`] };
    }
  }
}

/** Headers in the form in which the emulator hands them to Node: names and values alternate. */
function readHeaders(raw: unknown): Map<string, string> {
  const headers = new Map<string, string>();
  if (!Array.isArray(raw)) throw new Error('The emulator writes its headers in another form: see src/http/respond.ts.');
  for (let at = 0; at < raw.length; at += 2) headers.set(String(raw[at]).toLowerCase(), String(raw[at + 1]));
  return headers;
}
