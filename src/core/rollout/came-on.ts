import type { Event } from '../event/event.ts';
import { type Rollout, targetOf } from './rollout.ts';
import { isActive } from './target-state.ts';

/** When targets were last put on, in milliseconds of a clock that only runs on. */
export type CameOn = ReadonlyMap<string, number>;

/** Of what an earlier runner put on the time is not known: it counts from the beginning of this one. */
export function cameOnBefore({ targets }: Pick<Rollout, 'targets'>, nowMs: number): CameOn {
  const touched = targets.filter(
    ({ steps: { disable } }) => disable.attempt > 1 || disable.beganAt !== undefined,
  );
  return new Map(touched.map(({ name }) => [name, nowMs]));
}

export function cameOnAfter(before: CameOn, event: Event, nowMs: number): CameOn {
  return event.type === 'read-back' && event.enabled ? new Map(before).set(event.target, nowMs) : before;
}

/**
 * Other targets that are off for some consumer, now or in a list that it may still hold: those in our hands, and those
 * that came on less than a drain ago. `nextMs`: in how long fewer are, if nothing else happens.
 */
export function offForSome(
  rollout: Rollout,
  name: string,
  cameOn: CameOn,
  nowMs: number,
): { readonly names: readonly string[]; readonly nextMs: number } {
  const { drain } = targetOf(rollout, name);
  const freshMs = (other: string): number => {
    const heldMs = Math.max(drain.ms, targetOf(rollout, other).drain.ms);
    return (cameOn.get(other) ?? Number.NEGATIVE_INFINITY) + heldMs - nowMs;
  };
  const others = rollout.targets.filter((target) => target.name !== name);
  const off = others.filter((target) => isActive(target) || freshMs(target.name) > 0);
  const waits = off.map((target) => freshMs(target.name)).filter((ms) => ms > 0);
  return { names: off.map((target) => target.name), nextMs: Math.min(...waits) };
}
