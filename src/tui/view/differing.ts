import { type Rollout, targetOf } from '../../core/rollout/rollout.ts';
import { instanceKey } from '../../core/registry/service.ts';
import type { Snapshot } from '../../runner/ports/protocol.ts';
import type { Differing } from '../model/following.ts';
import { nacosSays } from './nacos-says.ts';

/** Lists lag a write by up to 1.1 s: what differs for less than this is on its way. */
const lagMs = 2000;

/** Which instances Nacos shows otherwise than the journal has them, each since when. */
export function differing(
  rollout: Rollout | undefined,
  snapshot: Snapshot,
  before: Differing,
  nowMs: number,
): Differing {
  const keys = (rollout?.targets ?? []).flatMap((target) =>
    target.registrations.flatMap((ours, index) => {
      const planned = rollout && targetOf(rollout, target.name).registrations[index];
      const isDifferent = planned !== undefined && nacosSays(planned, ours, snapshot).isDifferent;
      return isDifferent ? [instanceKey(planned)] : [];
    }),
  );
  return Object.fromEntries(keys.map((key) => [key, before[key] ?? nowMs]));
}

/** Whether a list that lags explains it no more. */
export function isLasting(since: number | undefined, nowMs: number): boolean {
  return since !== undefined && nowMs - since >= lagMs;
}
