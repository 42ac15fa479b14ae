import { stageBatches } from '../batches/stage-batches.ts';
import { type FileZones, type ZoneRule, builtInZoneMinimum, withoutZone } from '../batches/zones.ts';
import type { PlanNote, PlanProblem } from '../plan/plan-problem.ts';
import type { Settings } from '../plan/plan-settings.ts';
import type { Target } from '../plan/plan.ts';
import { type Instance, type ServiceId, endpointText } from '../registry/service.ts';
import { compareTexts } from '../text/compare-texts.ts';
import type { UnbatchedTarget } from './one-target.ts';

/** The targets of one service, in their order. */
export type Unbatched = {
  readonly targets: readonly UnbatchedTarget[];
  readonly batch: Settings['batch'];
};

/** The targets of a stage with the numbers of their batches, from `first`, in the order in which they go. */
export function inBatches(
  services: readonly Unbatched[],
  isSideBySide: boolean,
  first: number,
): readonly Target[] {
  const wishes = services.map(({ batch, targets }) => ({ batch, zones: targets.map(({ zone }) => zone) }));
  const numbers = stageBatches(wishes, isSideBySide, first);
  return services
    .flatMap(({ targets }, at) =>
      targets.map((target, each): Target => ({ ...target, batch: numbers[at]?.[each] ?? first })),
    )
    .sort((a, b) => a.batch - b.batch);
}

/** A minimum of none is no rule. */
export function zoneRules(service: ServiceId, zones: FileZones | undefined): readonly ZoneRule[] {
  if (zones === undefined) return [];
  const { by, key, minimum = builtInZoneMinimum } = zones;
  return minimum === 0 ? [] : [{ ...service, by, ...(key !== undefined && { key }), minimum }];
}

/** That no instance has the key. `service` is for people. */
export function zoneProblem(
  service: string,
  zones: FileZones | undefined,
  instances: readonly Instance[],
): PlanProblem | undefined {
  if (zones?.key === undefined || instances.length === 0) return undefined;
  if (withoutZone(zones, instances).length < instances.length) return undefined;
  const similar = [...new Set(instances.flatMap(({ metadata }) => Object.keys(metadata)))].sort(compareTexts);
  return { kind: 'zone-key-missing', service, key: zones.key, similar };
}

/** That some have not. `service` is for people. */
export function zoneNotes(
  service: string,
  zones: FileZones | undefined,
  instances: readonly Instance[],
): readonly PlanNote[] {
  const without = withoutZone(zones, instances).map(endpointText);
  return zones?.key === undefined || without.length === 0
    ? []
    : [{ kind: 'no-zone', service, key: zones.key, instances: without }];
}
