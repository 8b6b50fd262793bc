// The load generator: keep-alive connections over loopback, with one request at a time on each, up to a given count.
// It runs in the process of the benchmark, never in that of a server.

import { Pool } from 'undici';

/**
 * @typedef {object} Call
 * @property {string} method
 * @property {string} path
 * @property {Record<string, string>} headers
 * @property {string} [body]
 */

/** Opens a client of a server; the caller must close it. */
export function connect(origin, connections) {
  return new Pool(origin, { connections, pipelining: 1, headersTimeout: 60_000, bodyTimeout: 60_000 });
}

/**
 * Sends `count` requests, `connections` at a time. Returns the body of the first answer, for the caller to check.
 *
 * @param {string} origin
 * @param {{ connections: number, count: number, call: (number: number) => Call, millis?: number }} load
 *   `millis` limits the time.
 * @returns {Promise<{ seconds: number, longest: number, count: number, first: string }>} `longest` in milliseconds.
 * @throws {Error} at the first answer that is not a success.
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
        throw new Error(`${origin} answered ${status}: ${await repeat(pool, call(number))}`);
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

/** Sends one request; discards the body unless `keep` is true, so that the client costs little. */
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

/** The body of an error, for the message. */
async function repeat(pool, call) {
  const { body } = await send(pool, call, true);
  return body.slice(0, 300);
}
