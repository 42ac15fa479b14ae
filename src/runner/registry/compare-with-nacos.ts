import { type Difference, differencesOf } from '../../core/report/difference.ts';
import { type Rollout, nodesOf, planOf } from '../../core/rollout/rollout.ts';
import type { Registry } from '../../world/registry.ts';
import { readNodes } from '../context/node-views.ts';
import { shortName } from '../../core/registry/service-name.ts';

/** What Nacos says now against what the journal says; nodes that do not answer are named. Only reads. */
export async function compareWithNacos(registry: Registry, rollout: Rollout): Promise<readonly Difference[]> {
  const registrations = planOf(rollout).targets.flatMap((target) => target.registrations);
  const readings = await readNodes(registry, nodesOf(rollout), registrations);
  const silent = readings.flatMap((reading): readonly Difference[] =>
    reading.ok ? [] : [{ kind: 'no-answer', node: reading.node, service: shortName(reading.service) }],
  );
  return [
    ...differencesOf(
      rollout,
      readings.filter((reading) => reading.ok),
    ),
    ...silent,
  ];
}
