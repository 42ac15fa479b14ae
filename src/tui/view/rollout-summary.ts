import { type Rollout, offByUs, planOf } from '../../core/rollout.ts';
import { visible } from '../../core/visible.ts';
import { stampMs } from '../../world/clock.ts';
import type { Following } from '../following.ts';

export type RolloutSummary = {
  readonly services: string;
  readonly done: number;
  readonly count: number;
  /** Registrations that may be off because of us. */
  readonly off: number;
  readonly elapsedMs: number;
  /** The tightest of the touched services, as the guard last counted it. */
  readonly capacity: { readonly after: number; readonly minimum: number } | undefined;
};

export function rolloutSummary(following: Following, wallMs: number): RolloutSummary {
  const { rollout } = following;
  if (rollout === undefined)
    return { services: '', done: 0, count: 0, off: 0, elapsedMs: 0, capacity: undefined };
  const names = planOf(rollout).targets.map(({ registrations }) => registrations[0]?.service ?? '');
  const tightest = Object.values(following.forecasts).toSorted(
    (a, b) => a.after - a.minimum - (b.after - b.minimum),
  )[0];
  return {
    services: visible([...new Set(names)].join(', ')),
    done: rollout.targets.filter(({ result }) => result === 'done').length,
    count: rollout.targets.length,
    off: offByUs(rollout).length,
    elapsedMs: Math.max(0, endMs(following, rollout, wallMs) - stampMs(rollout.plannedAt)),
    capacity: tightest && { after: tightest.after, minimum: tightest.minimum },
  };
}

function endMs(following: Following, rollout: Rollout, wallMs: number): number {
  const isOver = rollout.ended !== undefined || rollout.rested !== undefined;
  const last = following.events.at(-1);
  return isOver && last !== undefined ? stampMs(last.at) : wallMs;
}
