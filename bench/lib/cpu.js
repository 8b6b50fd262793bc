// CPU time of a server: user and system time of its process and its children, as the kernel counts it.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Ticks of the kernel's clock, usually 100: the resolution of a sample. */
const ticksPerSecond = existsSync('/proc/self/stat') ? Number(execFileSync('getconf', ['CLK_TCK'])) : 0;

/** @throws {Error} on a system without the CPU time of processes in /proc. */
export function requireCpuTime() {
  if (ticksPerSecond > 0) return;
  throw new Error('The bench reads CPU time from /proc, which this system lacks: run it on Linux.');
}

/** Seconds of CPU that a process and its descendants have used. */
export function cpuSeconds(pid) {
  const parents = processes();
  let ticks = 0;
  const queue = [pid];
  for (const at of queue) {
    const stat = parents.get(at);
    if (stat === undefined) {
      if (at === pid) throw new Error(`The process ${pid} has ended.`);
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
      // The name of the command is in parentheses, and may contain any character.
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      // utime and stime, and cutime and cstime of children that have ended.
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      found.set(Number(name), { parent: Number(fields[1]), ticks });
    } catch {
      // The process ended meanwhile.
    }
  }
  return found;
}
