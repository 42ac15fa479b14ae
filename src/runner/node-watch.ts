import type { Fact } from '../core/event.ts';
import type { RegistryError } from '../core/registry-error.ts';
import { type Rollout, nodesOf } from '../core/rollout.ts';
import type { Clock } from '../world/clock.ts';
import type { NodeReading } from './sightings.ts';

/** A server node that does not answer for this long is lost: nothing more is begun. */
const lostAfterMs = 15_000;

type Watched = {
  readonly clock: Clock;
  readonly rollout: () => Rollout;
  readonly record: (fact: Fact) => void;
};

/** Takes every reading of the steps, and records which server nodes are lost. That one is back is for `awaitRegistry` to see. */
export function createNodeWatch({
  clock,
  rollout,
  record,
}: Watched): (readings: readonly NodeReading[]) => void {
  const silentSince = new Map<string, number>();
  return (readings) => {
    // An answer that was asked for before the end, and comes after it.
    if (rollout().ended !== undefined || rollout().rested !== undefined) return;
    for (const [node, error] of errorsByNode(readings)) {
      if (error === undefined) {
        silentSince.delete(node);
        continue;
      }
      const now = clock.monotonic();
      const since = silentSince.get(node) ?? now;
      silentSince.set(node, since);
      const isCounted = nodesOf(rollout()).includes(node) && !rollout().lostNodes.includes(node);
      if (!isCounted || now - since < lostAfterMs) continue;
      record({ type: 'node-lost', node, error });
      if (rollout().paused === undefined) record({ type: 'paused', by: 'nobody', why: 'registry-lost' });
    }
  };
}

/** The first error of each node that was asked; `undefined` for one that answered everything. */
export function errorsByNode(
  readings: readonly NodeReading[],
): ReadonlyMap<string, RegistryError | undefined> {
  const errors = new Map<string, RegistryError | undefined>();
  for (const reading of readings)
    errors.set(reading.node, errors.get(reading.node) ?? (reading.ok ? undefined : reading.error));
  return errors;
}
