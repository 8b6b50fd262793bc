import type { Config } from '@jest/types';
import { Contract } from './contract.ts';
import { readDocument, readSeen, removeFolder } from './folder.ts';

/**
 * Ends the run. A run of the whole suite fails when no test saw a documented answer.
 *
 * @throws {Error} that names those answers.
 */
export default function tearDown(config: Config.GlobalConfig): void {
  const documented = new Contract(readDocument()).answers;
  const seen = readSeen();
  removeFolder();
  if (!isWhole(config)) return;
  const missing = documented.filter((answer) => !seen.has(answer));
  process.stderr.write(
    `\nContract: ${documented.length - missing.length} of ${documented.length} documented answers seen\n`,
  );
  if (missing.length === 0) return;
  throw new Error(
    `no test has seen these documented answers: ${missing.join(', ')}. ` +
      'Provoke them (test/openapi/answers.test.ts), or take them out of the table of operations.',
  );
}

/** Whether the run is of the whole suite. */
function isWhole(config: Config.GlobalConfig): boolean {
  const { testPathPatterns, testNamePattern, onlyChanged, onlyFailures, findRelatedTests, shard, filter } = config;
  const isPart = onlyChanged || onlyFailures || findRelatedTests || shard !== undefined || filter !== undefined;
  return !isPart && testPathPatterns.patterns.length === 0 && !testNamePattern;
}
