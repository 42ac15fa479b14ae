import { readFileSync } from 'node:fs';

/** Tells a process from a later one that got the same id. */
export type ProcessMark = {
  readonly pid: number;
  /** Clock ticks between boot and its start: field 22 of /proc/PID/stat; undefined where there is no /proc. */
  readonly startTicks: string | undefined;
};

/** Reads a line of /proc/PID/stat, or a bare process id. */
export function markFromStat(text: string): ProcessMark | undefined {
  const pid = Number.parseInt(text, 10);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  // The name in parentheses may contain anything: fields are counted after the last one.
  const fields = text
    .slice(text.lastIndexOf(')') + 1)
    .trim()
    .split(/\s+/);
  return { pid, startTicks: text.includes(')') ? fields[19] : undefined };
}

export function markOf(pid: number): ProcessMark {
  return markFromStat(statOf(pid) ?? '') ?? { pid, startTicks: undefined };
}

/** Whether the very process lives, not another with its id. A zombie does not live. */
export function isAlive(mark: ProcessMark): boolean {
  const stat = statOf(mark.pid);
  if (stat === undefined) return mark.startTicks === undefined && isThere(mark.pid);
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  const now = markFromStat(stat);
  return state !== 'Z' && (mark.startTicks === undefined || mark.startTicks === now?.startTicks);
}

function statOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
