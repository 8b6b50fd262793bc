// The one load generator: keep-alive connections with one request at a time on each, over loopback, bounded by
// a count. It runs in the process of the bench, never in that of a server.

import { Pool } from 'undici';

/**
 * @typedef {object} Call
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} headers
 * @property {string} [body]
 */

/** Opens a client of a server; `close` it. */
export function connect(origin, connections) {
  return new Pool(origin, { connections, pipelining: 1, headersTimeout: 60_000, bodyTimeout: 60_000 });
}

/**
 * Sends `count` requests, `connections` at a time. The body of the first answer is returned, to be checked.
 *
 * @param {string} origin
 * @param {{ connections: number, count: number, call: (number: number) => Call, millis?: number }} load
 *   `millis` ends it earlier.
 * @returns {Promise<{ seconds: number, longest: number, count: number, first: string }>} `longest` in milliseconds.
 * @throws {Error} at the first answer that is no success.
 */
export async function load(origin, { connections, count, call, millis = Number.POSITIVE_INFINITY }) {
  const pool = connect(origin, connections);
  const began = performance.now();
  let sent = 0;
  let answered = 0;
  let longest = 0;
  let first = '';
  const one = async () => {
    while (sent < count && performance.now() - began < millis) {
      const number = sent++;
      const at = performance.now();
      const { status, body } = await send(pool, call(number), number === 0);
      longest = Math.max(longest, performance.now() - at);
      if (status < 200 || status > 299)
        throw new Error(`${origin} answered ${status}: ${await again(pool, call(number))}`);
      answered++;
      if (number === 0) first = body;
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, one));
    return { seconds: (performance.now() - began) / 1000, longest, count: answered, first };
  } finally {
    await pool.destroy();
  }
}

/** Sends one request; the body is kept only when asked for, so that the client costs little. */
export function send(pool, { method, path, headers, body }, keep) {
  return new Promise((resolve, reject) => {
    let status = 0;
    const chunks = [];
    pool.dispatch(
      { method, path, headers, body: body ?? null },
      {
        onRequestStart() {},
        onResponseStart(_controller, code) {
          status = code;
        },
        onResponseData(_controller, chunk) {
          if (keep) chunks.push(chunk);
        },
        onResponseEnd() {
          resolve({ status, body: keep ? Buffer.concat(chunks).toString() : '' });
        },
        onResponseError(_controller, error) {
          reject(error);
        },
      },
    );
  });
}

/** What a refusal says, for the message. */
async function again(pool, call) {
  const { body } = await send(pool, call, true);
  return body.slice(0, 300);
}
