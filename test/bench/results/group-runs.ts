import type { RunResult } from './run-result.ts';

/** All runs of one method behind one gateway, in the order in which they first appear. */
export type Group = {
  readonly gateway: string;
  readonly method: string;
  readonly runs: readonly [RunResult, ...RunResult[]];
};

export function groupRuns(runs: readonly RunResult[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const run of runs) {
    const { gateway, method } = run;
    const key = `${gateway} ${method}`;
    const before = groups.get(key);
    groups.set(key, { gateway, method, runs: before === undefined ? [run] : [...before.runs, run] });
  }
  return [...groups.values()];
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The run that took the median time, the quicker one of two. */
export function middleRun({ runs }: Group): RunResult {
  const sorted = [...runs].sort((one, other) => one.totalSeconds - other.totalSeconds);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? runs[0];
}

/** Whole numbers with commas. */
export const counted = (value: number): string => value.toLocaleString('en-US');

export const gatewayTitles: Readonly<Record<string, string>> = {
  stock: 'stock (35 s)',
  nocache: 'no cache',
  cache60: 'caches 60 s',
};

export const methodTitles: Readonly<Record<string, string>> = {
  restart: 'restart one by one',
  'script-3s': 'script, 3 s',
  'script-40s': 'script, 40 s',
  'ours-timer': 'nacos-rollout, timer',
  'ours-actuator': 'nacos-rollout, actuator',
  'ours-connections': 'nacos-rollout, connections',
};
