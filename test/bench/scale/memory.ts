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

const everyMs = 5;

/** Reads the peak of a process until it has ended: afterwards nobody knows it. */
export function watchPeak(pid: number): { end(): number } {
  let peak = memoryOf(pid, 'VmHWM') ?? 0;
  const timer = setInterval(() => {
    peak = memoryOf(pid, 'VmHWM') ?? peak;
  }, everyMs);
  return {
    end: () => {
      clearInterval(timer);
      return peak;
    },
  };
}
