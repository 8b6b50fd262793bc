// Lints an OpenAPI document from the standard input and prints the problems as JSON. A process of its
// own, because the linter is an ES module with parts that Jest's module system does not load.

import { text } from 'node:stream/consumers';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const config = await createConfig({ extends: ['recommended-strict'] });
const problems = await lintFromString({
  source: await text(process.stdin),
  absoluteRef: '/openapi.json',
  config,
});
const show = ({ ruleId, message, location }) => `${ruleId}: ${message} (${location[0]?.pointer})`;
process.stdout.write(JSON.stringify(problems.map(show)));
