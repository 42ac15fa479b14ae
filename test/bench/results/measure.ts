import type { Mark } from '../methods/methods.ts';
import type { Deploy } from '../stage/fleet.ts';
import type { Call } from '../stage/load.ts';
import type { RunResult, TargetResult } from './run-result.ts';

export type Observed = {
  readonly calls: readonly Call[];
  readonly marks: readonly Mark[];
  readonly deploys: readonly Deploy[];
  /** When the method began and ended, by the wall clock. */
  readonly began: number;
  readonly ended: number;
  readonly floorMs: number;
};

export type Measured = Pick<
  RunResult,
  'requests' | 'failed' | 'outcomes' | 'p50Ms' | 'p99Ms' | 'totalSeconds' | 'targets' | 'perSecond'
>;

/** What one run was like, from what was seen of it. */
export function measure(observed: Observed): Measured {
  const { calls, deploys, began, ended } = observed;
  const outcomes: Record<string, number> = {};
  const perSecond: [number, number][] = [];
  for (const { at, outcome } of calls) {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    const second = Math.floor((at - began) / 1_000);
    while (perSecond.length <= second) perSecond.push([0, 0]);
    const counts = perSecond[second];
    if (counts === undefined) continue;
    counts[0] += 1;
    if (outcome !== 'ok') counts[1] += 1;
  }
  const answered = calls.filter(({ outcome }) => outcome === 'ok').map(({ ms }) => ms);
  return {
    requests: calls.length,
    failed: calls.length - answered.length,
    outcomes,
    p50Ms: percentile(answered, 50),
    p99Ms: percentile(answered, 99),
    totalSeconds: seconds(ended - began),
    targets: deploys.map((deploy) => targetOf(deploy, observed)),
    perSecond,
  };
}

function targetOf(deploy: Deploy, { calls, marks, began, floorMs }: Observed): TargetResult {
  const off = marks.find(({ port, isOn }) => port === deploy.port && !isOn)?.at;
  const on = marks.find(({ port, isOn }) => port === deploy.port && isOn)?.at;
  const common = {
    instance: `127.0.0.1:${deploy.port}`,
    beganSeconds: seconds((off ?? deploy.began) - began),
    deploySeconds: seconds(deploy.ended - deploy.began),
    endedSeconds: seconds((on ?? deploy.ended) - began),
  };
  if (off === undefined) return common;
  const served = calls.filter(({ pid }) => pid === deploy.oldPid).map(({ servedAt = 0 }) => servedAt);
  const lastCallMs = Math.max(0, ...served.map((at) => at - off));
  const waitedMs = deploy.began - off;
  return {
    ...common,
    lastCallSeconds: seconds(lastCallMs),
    waitedSeconds: seconds(waitedMs),
    beyondSeconds: seconds(waitedMs - Math.max(lastCallMs, floorMs)),
  };
}

const seconds = (ms: number): number => Math.round(ms / 100) / 10;

/** By the nearest rank, to a tenth; 0 where there is nothing. */
function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0;
  return Math.round(value * 10) / 10;
}
