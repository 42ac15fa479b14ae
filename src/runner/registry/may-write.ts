import type { Failure } from '../../core/event/failure.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { endpointText } from '../../core/registry/service.ts';
import { twinsAt } from '../../core/registry/twins.ts';
import { type NodeReading, twinsToSpare, viewsOf } from '../context/node-views.ts';
import type { Wish } from './write-once.ts';

/** Whether it may be written to, or why not; while that cannot be known, it is not. */
export async function mayWrite(
  wish: Wish,
  readings: readonly NodeReading[],
  registration: Registration,
  isFresh: boolean,
): Promise<Failure | 'go' | 'unknown'> {
  const spared = sparedTwins(readings, registration, wish);
  return spared ?? (isFresh ? 'go' : await (wish.recount?.() ?? 'go'));
}

function sparedTwins(
  readings: readonly NodeReading[],
  registration: Registration,
  { enabled, part }: Wish,
): Failure | undefined {
  // A part would go to each of them, whoever registered it.
  const twins =
    part === undefined
      ? twinsToSpare(readings, registration, enabled)
      : viewsOf(readings, registration)
          .map((view) => twinsAt(view.instances, registration))
          .find(({ length }) => length > 0);
  return twins && { kind: 'registered-twice', instance: endpointText(registration), twins };
}
