import type { Context } from '../context.ts';
import { firstError, readNodes } from '../sightings.ts';

const pollMs = 1000;

/** Looks until every node answers for every touched service; then the rollout goes on. */
export async function awaitRegistry(context: Context, signal: AbortSignal): Promise<void> {
  const { clock, registry } = context.world;
  const { nodes, plan } = context.rollout().planned;
  const registrations = plan.targets.flatMap((target) => target.registrations);
  while (!signal.aborted) {
    const readings = await readNodes(registry, nodes, registrations, signal);
    if (signal.aborted) return;
    if (firstError(readings) === undefined) return context.record({ type: 'continued', by: 'nobody' });
    await clock.sleep(pollMs, signal);
  }
}
