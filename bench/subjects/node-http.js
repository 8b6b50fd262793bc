import { serverFile } from './files.js';
import { platformCalls } from './platform-calls.js';

/** @type {import('./subjects.js').Subject} */
export const nodeHttp = {
  name: 'node-http',
  title: 'bare node:http',
  kind: 'bare',
  version: () => process.versions.node,
  note: 'same JSON; one regular expression as the router',
  launch: ({ port, users }) => ({ args: [serverFile('node-http'), JSON.stringify({ port, users })] }),
  calls: platformCalls,
};
