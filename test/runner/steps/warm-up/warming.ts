import type { Target } from '../../../../src/core/plan/plan.ts';
import { type PlainRun, plainPlace, plainScenario } from '../../../simulation/run-plain.ts';
import { instance } from '../../../simulation/scenario/scenario.ts';

export const target = '10.0.0.1:8080';

export const by = 'someone@here';

const rollback = { run: './roll-back', timeoutMs: 60_000 };

type Options = {
  readonly isAttended?: boolean;
  readonly onFailure?: 'stop' | 'continue';
  readonly change?: (target: Target) => Target;
};

export function warming(
  count: number,
  { isAttended = true, onFailure = 'stop', change = (one) => one }: Options = {},
) {
  const scenario = plainScenario(count, (plan) => ({
    ...plan,
    onFailure,
    overrides: ['dubbo'],
    targets: plan.targets.map((one) =>
      change({ ...one, rollback, warmUp: { ms: 20_000, percents: [10, 50] } }),
    ),
  }));
  const opened = plainPlace({ ...scenario, isAttended });
  return { ...opened, slotAt: (host = 1) => slotOf(opened, host) };
}

export function slotOf({ place }: ReturnType<typeof plainPlace>, host: number) {
  return place.truth.slotOf(instance('orders', 'DEFAULT_GROUP', host, 8080));
}

/** Each weight that was written to the first target since its first disable, once where it was written again. */
export function weightsOf({ events }: PlainRun, registration = 0): readonly number[] {
  return events
    .flatMap((event) =>
      event.type === 'write-began' && event.target === target && event.registration === registration
        ? [event.weight]
        : [],
    )
    .filter((weight, at, all) => weight !== all[at - 1]);
}

/** The first one, which turns bad once it has half of its weight. */
export async function badInWarmUp({ run, place }: ReturnType<typeof warming>): Promise<PlainRun> {
  const rollout = run();
  await rollout.untilEvent('weight-set', 2);
  const [process] = place.processes.values();
  if (process !== undefined) process.isAnswering = false;
  return rollout;
}

export function percentsOf({ events }: PlainRun): readonly number[] {
  return events.flatMap((event) => (event.type === 'weight-set' ? [event.percent] : []));
}
