import type { Failure } from '../../core/event/failure.ts';
import { unreadOf } from '../../core/registry/listed.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { isSameEndpoint, isSameService } from '../../core/registry/service.ts';
import type { Clock } from '../../world/clock.ts';
import type { Registry } from '../../world/registry.ts';
import {
  type NodeReading,
  type NodeView,
  type Shown,
  firstError,
  readNodes,
  shownBy,
  unreadAt,
  viewsOf,
} from '../context/node-views.ts';

const deadlineMs = 15_000;
const pollMs = 200;

type Reader = { readonly registry: Registry; readonly clock: Clock; readonly signal?: AbortSignal };

/**
 * Waits until every server node shows them so, to the operator and to consumers, and on with no part of their weight; why
 * not, where they do not in time.
 */
export async function readBack(
  { registry, clock, signal }: Reader,
  registrations: readonly Registration[],
  enabled: boolean,
): Promise<Failure | undefined> {
  const began = clock.monotonic();
  for (;;) {
    const isLast = clock.monotonic() - began >= deadlineMs || signal?.aborted === true;
    // Whoever is told to stop is told what is so now.
    const readings = await readNodes(
      registry,
      registry.nodeAddresses,
      registrations,
      isLast ? undefined : signal,
    );
    const other = registrations.find((one) => firstOther(readings, one, enabled) !== undefined);
    if (other === undefined) return undefined;
    if (isLast) return notShown(readings, other, enabled);
    await clock.sleep(pollMs, signal);
  }
}

function notShown(readings: readonly NodeReading[], registration: Registration, enabled: boolean): Failure {
  const error = firstError(readings);
  if (error !== undefined) return { kind: 'registry', error };
  const node = firstOther(readings, registration, enabled) ?? '';
  const view = viewsOf(readings, registration).find((one) => one.node === node);
  const record = view && unreadAt(view, registration);
  const weight = view && enabled && shownBy(view, registration) === 'on' && partIn(view, registration);
  return {
    kind: 'not-read-back',
    node,
    isEnabled: !enabled,
    afterMs: deadlineMs,
    ...(typeof weight === 'number' && { weight }),
    ...(record && { unread: unreadOf(record) }),
  };
}

/** The first server node that does not show it so, or does not answer. What is gone is off: nobody calls it. */
export function firstOther(
  readings: readonly NodeReading[],
  registration: Registration,
  enabled: boolean,
): string | undefined {
  const wanted: readonly Shown[] = enabled ? ['on'] : ['off', 'absent'];
  return readings
    .filter(({ service }) => isSameService(service, registration))
    .find(
      (reading) =>
        !reading.ok ||
        !wanted.includes(shownBy(reading, registration)) ||
        (enabled && partIn(reading, registration) !== undefined),
    )?.node;
}

/** The part of its weight that a node lists it with. */
function partIn({ instances }: NodeView, registration: Registration): number | undefined {
  const { parts = [], cluster } = registration;
  return instances.find(
    (one) => isSameEndpoint(one, registration) && one.cluster === cluster && parts.includes(one.weight),
  )?.weight;
}
