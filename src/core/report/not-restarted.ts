import type { Rollout } from '../rollout/rollout.ts';

/** Targets that went through with a command that ended well, and no sign of a restart: the old version may still run. */
export function notRestarted(rollout: Rollout): readonly string[] {
  if (rollout.planned.world === 'rehearsal') return [];
  return rollout.targets
    .filter(({ result, isRestarted }) => result === 'done' && isRestarted === false)
    .map(({ name }) => name);
}
