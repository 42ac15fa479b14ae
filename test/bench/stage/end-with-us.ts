import { rmSync } from 'node:fs';

const pids = new Set<number>();
const directories = new Set<string>();

/** Kills a process group, or a process that leads none; one that is gone is as good as killed. */
function kill(pid: number): void {
  for (const one of [-pid, pid])
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // It leads no group, or has ended.
    }
}

process.on('exit', () => {
  for (const pid of pids) kill(pid);
  for (const directory of directories) rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.on(signal, () => process.exit(code));

/** A process that must not outlive this one, with all of its group if it leads one. Gives back how to forget it. */
export function endWithUs(pid: number | undefined): () => void {
  if (pid === undefined) return () => undefined;
  pids.add(pid);
  return () => pids.delete(pid);
}

export function removeWithUs(directory: string): void {
  directories.add(directory);
}
