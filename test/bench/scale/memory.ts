import { readFileSync } from 'node:fs';

const megabyte = 1024;

/** What a process had at most of memory (`VmHWM`), or has now (`VmRSS`), in MB; `undefined` once it has ended. */
export function memoryOf(pid: number, which: 'VmHWM' | 'VmRSS'): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const [, kilobytes] = new RegExp(`^${which}:\\s+(\\d+)`, 'm').exec(status) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / megabyte;
  } catch {
    return undefined;
  }
}

const tickMs = 10;

/** How long a process has computed so far, whatever else the machine did; `undefined` once it has ended. */
export function computedMs(pid: number): number | undefined {
  try {
    // The name of the program, in brackets, may hold blanks; user and system time come 11 and 12 fields after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return undefined;
  }
}

const everyMs = 5;

export type Cost = { readonly megabytes: number; readonly computedMs: number };

/** Reads what a process costs until it has ended: afterwards nobody knows it. */
export function watchCost(pid: number): { end(): Cost } {
  let cost: Cost = { megabytes: 0, computedMs: 0 };
  const timer = setInterval(() => {
    cost = {
      megabytes: memoryOf(pid, 'VmHWM') ?? cost.megabytes,
      computedMs: computedMs(pid) ?? cost.computedMs,
    };
  }, everyMs);
  return {
    end: () => {
      clearInterval(timer);
      return cost;
    },
  };
}
