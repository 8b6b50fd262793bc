import { createCipheriv, createHmac } from 'node:crypto';
import { customRandom, nanoid } from 'nanoid';
import type { Clock } from './clock.ts';

/**
 * The only source of identity: every secret and request id comes from here.
 *
 * Secrets are derived from the seed and their number, so the same seed and the same calls give
 * the same secrets, after a reset or in another process.
 */
export interface Ids {
  /** The n-th user secret: base64 of 32 bytes, 44 characters. */
  userSecret(n: number): string;
  /** The n-th organization secret: 32 lower-case hex digits. */
  organizationSecret(n: number): string;
  /**
   * The n-th Bearer token: base64url of 32 bytes, 43 characters. It also depends on the user, so that a token
   * from before a reset never belongs to another user after it.
   */
  token(n: number, userId: number): string;
  /**
   * A new ObjectId, 24 lower-case hex digits: the first 8 are the unix time.
   *
   * @param isCounted whether the next request gets a different id. Default: true.
   */
  requestId(isCounted?: boolean): string;
  /** How many request ids have been given; the next one is derived from it. */
  requests: number;
}

/** @param seed equal seeds give equal ids. Default: a random one. */
export function createIds(clock: Clock, seed: string | number = nanoid()): Ids {
  const key = String(seed);
  const bytes = (purpose: string) => createHmac('sha256', key).update(purpose).digest();
  const hex = (purpose: string, length: number) => customRandom('0123456789abcdef', length, () => bytes(purpose))();
  const userSecret = createSequence(bytes('users'));

  // As in an ObjectId: a part for the machine, which stays, and a counter of 3 bytes.
  const machine = hex('request', 10);
  const firstCount = Number.parseInt(hex('count', 6), 16);

  return {
    requests: 0,
    userSecret,
    token: (n, userId) => bytes(`token ${n} ${userId}`).toString('base64url'),
    organizationSecret: (n) => hex(`organization ${n}`, 32),
    requestId(isCounted = true) {
      const seconds = Math.floor(clock.now() / 1000) >>> 0;
      const count = (firstCount + this.requests) % 0x100_0000;
      if (isCounted) this.requests += 1;
      return seconds.toString(16).padStart(8, '0') + machine + count.toString(16).padStart(6, '0');
    },
  };
}

/** How many secrets are made at a time: making a cipher or a hash takes longer than its bytes. */
const perBlock = 64;
const secretSize = 32;

/** @returns the n-th 32 bytes that follow from the key, in base64. */
function createSequence(key: Buffer): (n: number) => string {
  let block = Buffer.alloc(0);
  let blockNumber = -1;
  return (n) => {
    const number = Math.floor(n / perBlock);
    if (number !== blockNumber) {
      const start = Buffer.alloc(16);
      start.writeDoubleBE(number);
      block = createCipheriv('aes-256-ctr', key, start).update(Buffer.alloc(perBlock * secretSize));
      blockNumber = number;
    }
    const from = (n % perBlock) * secretSize;
    return block.toString('base64', from, from + secretSize);
  };
}
