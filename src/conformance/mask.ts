import { counted } from '../text/counted.ts';
import { isRecord } from './json.ts';

/** Keys whose values are secrets. */
const secretKey = /secret|token|^password$|authorization/i;

/** Keys whose values are of people, or name a customer. */
const personalKey =
  /^(firstName|lastName|fullName|name|accountName|organizationName|username|email|externalId|phone|street\d|city|postalCode|description|oauthId)$/;

/** The longest text of a server that a report shows. */
const longest = 200;

/** Hides secrets in what a report shows, and personal data of people whom the run has not made. */
export class Mask {
  readonly #secrets: readonly string[];
  readonly #isOwn: (text: string) => boolean;

  /** `isOwn` tells the names and emails that the run has made up. */
  constructor(secrets: readonly string[], isOwn: (text: string) => boolean) {
    this.#secrets = secrets;
    this.#isOwn = isOwn;
  }

  /** A sentence of ours with nothing secret and no email in it. */
  sentence(text: string): string {
    return this.#secrets
      .reduce((masked, secret) => masked.replaceAll(secret, '[secret]'), text)
      .replace(/(User|Organization|Bearer) [^\s,"]{8,}/g, '$1 [secret]')
      .replace(/[^\s"'/=<>,]+(@|%40)[\w.-]+/g, (email) => (this.#isOwn(email) ? email : '[email]'));
  }

  /** The same of a text of the server, which may be long. */
  text(text: string): string {
    const masked = this.sentence(text);
    return masked.length > longest ? `${masked.slice(0, longest)}…` : masked;
  }

  /** A value, which has the key or path `at`. */
  value(at: string, value: unknown): unknown {
    const key = at.slice(Math.max(at.lastIndexOf('.'), at.lastIndexOf(' ')) + 1);
    const isHidden = secretKey.test(key) || personalKey.test(key);
    if (typeof value === 'number' && isHidden) return '[number]';
    if (typeof value === 'string') {
      // What the checks expect, in their words.
      if (/^(secured|nothing|a text)$/.test(value)) return value;
      if (secretKey.test(key)) return '[secret]';
      return personalKey.test(key) && !this.#isOwn(value)
        ? `[text of ${counted(value.length, 'character')}]`
        : this.text(value);
    }
    if (Array.isArray(value)) return value.map((entry) => this.value(at, entry));
    if (!isRecord(value)) return value;
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([name, entry]) => [this.text(name), this.value(isHidden ? key : name, entry)]),
    );
  }

  /** What came in an answer. A body that is a text has no keys that tell what is secret in it. */
  actual(at: string, value: unknown): unknown {
    if (typeof value !== 'string' || value === '' || !at.endsWith(': body')) return this.value(at, value);
    return `[text of ${counted(value.length, 'character')}]`;
  }
}
