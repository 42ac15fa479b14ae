import { readFileSync, readdirSync } from 'node:fs';

export type ProcessEntry = {
  readonly pid: number;
  readonly parent: number;
  readonly words: readonly string[];
};

/** Every process of the machine that has a command line. */
function allProcesses(): readonly ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
        return [{ pid: Number(name), parent, words }];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

export function processesBelow(pid: number): readonly ProcessEntry[] {
  const all = allProcesses();
  const children = all.filter((one) => one.parent === pid);
  return children.flatMap((child) => [child, ...processesBelow(child.pid)]);
}

/** Processes of ours that carry `word` in their command line, wherever they hang in the tree. */
export function processesWith(word: string): readonly ProcessEntry[] {
  return allProcesses().filter(
    (one) => one.words.some((each) => each.includes(word)) && one.pid !== process.pid,
  );
}
