import type { Fact } from '../../core/event/event.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import { type Rollout, isOver, nodesOf } from '../../core/rollout/rollout.ts';
import { nodeServiceKey } from '../../core/registry/service.ts';
import type { Clock } from '../../world/clock.ts';
import type { NodeReading } from './node-views.ts';

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
  // By service too: one that is answered for does not make up for one that is not.
  const silent = new Map<string, { readonly sinceMs: number; readonly lastMs: number }>();
  return (readings) => {
    // An answer that was asked for before the end, and comes after it.
    if (isOver(rollout())) return;
    for (const reading of readings) {
      const { node } = reading;
      const key = nodeServiceKey(node, reading.service);
      if (reading.ok) {
        silent.delete(key);
        continue;
      }
      const now = clock.monotonic();
      const before = silent.get(key);
      // Nobody may have asked for it in between.
      const sinceMs = before !== undefined && now - before.lastMs < lostAfterMs ? before.sinceMs : now;
      silent.set(key, { sinceMs, lastMs: now });
      const isCounted = nodesOf(rollout()).includes(node) && !rollout().lostNodes.includes(node);
      if (!isCounted || now - sinceMs < lostAfterMs) continue;
      record({ type: 'node-lost', node, error: reading.error });
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
