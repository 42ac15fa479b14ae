import type { Registration } from '../../core/plan.ts';
import { isSameEndpoint } from '../../core/service.ts';
import type { Context } from '../context.ts';
import { readCounted, viewsOf } from '../sightings.ts';

/** Names everything but `enabled` that differs from what the plan saw. */
export async function compare(context: Context, name: string, signal: AbortSignal): Promise<void> {
  const target = context.target(name);
  const readings = await readCounted(context, target.registrations);
  if (signal.aborted) return;
  for (const [registration, before] of target.registrations.entries()) {
    const [view] = viewsOf(readings, before);
    const after = view?.instances.find((instance) => isSameEndpoint(instance, before));
    if (after === undefined) continue;
    for (const difference of differences(before, after))
      context.record({ type: 'changed', target: name, registration, ...difference });
  }
}

type Compared = Pick<Registration, 'weight' | 'ephemeral' | 'cluster' | 'metadata'>;

function differences(before: Compared, after: Compared): { what: string; before: string; after: string }[] {
  const keys = new Set([...Object.keys(before.metadata), ...Object.keys(after.metadata)]);
  const pairs: [string, string, string][] = [
    ['weight', String(before.weight), String(after.weight)],
    ['ephemeral', String(before.ephemeral), String(after.ephemeral)],
    ['cluster', before.cluster, after.cluster],
    ...[...keys].map((key): [string, string, string] => [
      `metadata.${key}`,
      before.metadata[key] ?? '',
      after.metadata[key] ?? '',
    ]),
  ];
  return pairs.filter(([, a, b]) => a !== b).map(([what, a, b]) => ({ what, before: a, after: b }));
}
