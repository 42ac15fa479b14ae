import { nodesOf, planOf } from '../../core/rollout/rollout.ts';
import type { Context } from './context.ts';

/** Without a person a lost node is dropped after 30 s, or never: then waiting longer helps nobody. */
const heldUnaskedMs = 60_000;

/** A deadline that stands still while a server node is lost: it may come back, or somebody may go on without it. */
export function createDeadline(context: Context, ms: number): { isOver(): boolean } {
  const { clock } = context.world;
  const { rollout } = context;
  const heldMaxMs = rollout().isAttended ? planOf(rollout()).decideWithinMs : heldUnaskedMs;
  let lastMs = clock.monotonic();
  let spentMs = 0;
  let heldMs = 0;
  return {
    isOver: () => {
      const passedMs = clock.monotonic() - lastMs;
      lastMs += passedMs;
      const lost = rollout().lostNodes.length;
      // Where none answers, nobody can go on without the rest.
      if (lost > 0 && lost < nodesOf(rollout()).length && heldMs < heldMaxMs) heldMs += passedMs;
      else spentMs += passedMs;
      return spentMs >= ms;
    },
  };
}
