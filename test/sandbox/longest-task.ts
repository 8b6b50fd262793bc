import type { Page } from 'playwright-core';

/** The used fields of an event of Chromium's trace. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string; readonly src_file?: string };
  /** The start, in microseconds. */
  readonly ts: number;
  /** The CPU time of its thread in microseconds, in Chromium on Linux. */
  readonly tdur?: number;
}

/** The sources of tasks that come from the browser's driver, such as this test. */
const driver = /ipc_mojo_bootstrap/;

/**
 * The longest task of a page's main thread while something was done, in milliseconds of CPU: for
 * so long the page answers nobody. Not by the clock, which counts what else a busy machine does.
 */
export async function longestTask(page: Page, action: () => Promise<unknown>): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page is in no browser of its own.');
  await browser.startTracing(undefined, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await action();
  // Include the drawing of the last change.
  await page.waitForTimeout(300);
  const { traceEvents }: { traceEvents: readonly TraceEvent[] } = JSON.parse(String(await browser.stopTracing()));
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}.${tid}`),
  );
  const tasks = traceEvents
    .filter(({ name, pid, tid }) => name.endsWith('RunTask') && mains.has(`${pid}.${tid}`))
    .sort((a, b) => a.ts - b.ts);
  let longest = -1;
  for (const [index, { name, tdur }] of tasks.entries()) {
    // The inner event tells the purpose of a task.
    const source = tasks[index + 1]?.name === name ? undefined : tasks[index + 1]?.args.src_file;
    if (name === 'RunTask' && tdur !== undefined && !driver.test(source ?? '')) longest = Math.max(longest, tdur);
  }
  if (longest < 0) throw new Error('The trace has no tasks with their CPU time: has Chromium renamed them?');
  return longest / 1000;
}
