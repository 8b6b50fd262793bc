import { createRequire } from 'node:module';
import { serverFile } from './files.js';
import { platformCalls } from './platform-calls.js';

/** @type {import('./subjects.js').Subject} */
export const express = {
  name: 'express',
  title: 'bare Express 5',
  kind: 'bare',
  version: () => createRequire(import.meta.url)('express/package.json').version,
  note: 'same JSON; default settings, JSON body parser, one middleware that authenticates',
  launch: ({ port, users }) => ({ args: [serverFile('express'), JSON.stringify({ port, users })] }),
  calls: platformCalls,
};
