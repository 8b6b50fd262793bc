// CPU time of a server: what the kernel has charged to its process and its children, user and system.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Of the kernel's clock, usually 100: what a sample can be told apart by. */
const ticksPerSecond = existsSync('/proc/self/stat') ? Number(execFileSync('getconf', ['CLK_TCK'])) : 0;

/** @throws {Error} where the kernel shows no CPU time of other processes. */
export function requireCpuTime() {
  if (ticksPerSecond > 0) return;
  throw new Error('The bench reads CPU time from /proc, which this system lacks: run it on Linux.');
}

/** Seconds of CPU that a process and its descendants have had. */
export function cpuSeconds(pid) {
  const parents = processes();
  let ticks = 0;
  const queue = [pid];
  for (const at of queue) {
    const stat = parents.get(at);
    if (stat === undefined) {
      if (at === pid) throw new Error(`The process ${pid} has gone.`);
      continue;
    }
    ticks += stat.ticks;
    for (const [child, { parent }] of parents) if (parent === at) queue.push(child);
  }
  return ticks / ticksPerSecond;
}

/** All processes, by id. */
function processes() {
  const found = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The name of the command stands in parentheses, and may hold anything.
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      // utime and stime, and cutime and cstime of children that have ended.
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      found.set(Number(name), { parent: Number(fields[1]), ticks });
    } catch {
      // It ended meanwhile.
    }
  }
  return found;
}
