// The measured subjects: this emulator, the bare servers, and the peers.

import { emulate } from './emulate.js';
import { emulator } from './emulator.js';
import { express } from './express.js';
import { jsonServer } from './json-server.js';
import { mockoon } from './mockoon.js';
import { nodeHttp } from './node-http.js';
import { prism } from './prism.js';

/**
 * @typedef {import('../lib/load.js').Call & { fits: (body: any) => boolean }} CheckedCall
 *
 * @typedef {object} Calls
 * @property {(index: number) => CheckedCall} one GET of the user of that index.
 * @property {() => CheckedCall} list GET of 200 users.
 * @property {(number: number) => CheckedCall} [create] POST of a user; absent if the subject stores nothing.
 *
 * @typedef {object} Subject
 * @property {string} name
 * @property {string} title
 * @property {'self' | 'bare' | 'peer'} kind
 * @property {() => string} version
 * @property {string} note How its answers and its work differ from the emulator's.
 * @property {(start: Start) => { args: string[], env?: Record<string, string> }} launch The arguments of node.
 * @property {number} [pageSize] The number of users in a list, if below 200.
 * @property {Calls} calls
 * @property {(start: { dist: string, folder: string }) => { launch: (port: number) => { args: string[] }, first: import('../lib/load.js').Call }} [command]
 *   Its command, and a request that succeeds when it has started.
 *
 * @typedef {object} Start
 * @property {number} port
 * @property {number} users
 * @property {string} dist The build of the emulator.
 * @property {string} folder For its files.
 * @property {string} [dataFile]
 */

/** @type {Subject[]} */
export const own = [emulator, nodeHttp, express];

/** @type {Subject[]} */
export const peers = [jsonServer, emulate, mockoon, prism];
