import type { Target } from '../../core/plan/plan.ts';
import type { Failure } from '../../core/event/failure.ts';
import { readNodes, shownBy, viewsOf } from '../../runner/context/node-views.ts';
import { readBack } from '../../runner/registry/read-back-once.ts';
import type { Reached } from '../io/connect.ts';

/**
 * Why what was taken off may be called all the same: it is on again, or nobody can tell. What shows that only for a moment
 * is waited for. Undefined where every server node shows all of it off, or gone.
 */
export async function whyNotOff(
  { connected, ports }: Reached,
  target: Target,
  signal: AbortSignal,
): Promise<'on' | Failure | undefined> {
  const { registry } = connected;
  const { registrations } = target;
  const readings = await readNodes(registry, registry.nodeAddresses, registrations);
  const isOn = registrations.some((one) =>
    viewsOf(readings, one).some((view) => ['on', 'partly'].includes(shownBy(view, one))),
  );
  return isOn ? 'on' : readBack({ registry, clock: ports.clock, signal }, registrations, false);
}
