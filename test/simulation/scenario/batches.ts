import type { Batch } from '../../../src/core/batches/batch-file.ts';
import { stageBatches } from '../../../src/core/batches/stage-batches.ts';
import { type ZoneRule, byZone, zoneOf } from '../../../src/core/batches/zones.ts';
import { type Registration, type Target, mainRegistration } from '../../../src/core/plan/plan.ts';
import { type InstanceId, serviceId, serviceKey } from '../../../src/core/registry/service.ts';
import type { Random } from './random.ts';
import { type Scenario, instance } from './scenario.ts';

const batches: readonly Batch[] = [1, 2, '50%', '100%', [1, '50%', '100%'], [1, 2], ['34%', '100%']];

const clusters = { by: 'cluster' } as const;
const metadata = { by: 'metadata', key: 'zone' } as const;
type Said = Pick<ZoneRule, 'by' | 'key'>;

/**
 * In some runs services go in batches that grow, or side by side, or stand in zones, of which one may go at a time.
 * Drawn apart from the rest, so that a kept seed that has none of it stays the run that it was.
 */
export function withBatches(scenario: Scenario, random: Random): Scenario {
  if (!random.chance(0.3)) return scenario;
  const said = random.chance(0.25) ? undefined : random.pick([clusters, metadata]);
  const placed = said === undefined ? scenario : inZones(scenario, said.by, random);
  const { plan } = placed;
  const services = [...Map.groupBy(plan.targets, (target) => serviceKey(mainRegistration(target))).values()];
  const isOneAtATime = random.chance(0.7);
  const ordered = services.map((targets) =>
    said !== undefined && isOneAtATime ? orderedByZone(targets, said) : targets,
  );
  const wishes = ordered.map((targets) => ({
    batch: random.pick(batches),
    zones: targets.map(({ zone }) => zone),
  }));
  const numbers = stageBatches(wishes, random.chance(0.5), 0);
  const targets = ordered
    .flatMap((ofService, at) =>
      ofService.map((target, each) => ({ ...target, batch: numbers[at]?.[each] ?? 0 })),
    )
    .sort((a, b) => a.batch - b.batch);
  const minimum = random.pick([0, 1, 1, 2]);
  const rules = services.flatMap(([first]): readonly ZoneRule[] =>
    first === undefined || minimum === 0 || said === undefined
      ? []
      : [{ ...serviceId(mainRegistration(first)), ...said, minimum }],
  );
  return { ...placed, plan: { ...plan, targets, ...(rules.length > 0 && { zones: rules }) } };
}

function orderedByZone(targets: readonly Target[], said: Said): readonly Target[] {
  const zoned = targets.map((target) => ({ ...mainRegistration(target), target }));
  return byZone(said, zoned).map((one) => ({ ...one.target, zone: zoneOf(said, one) }));
}

/** Each process in a cluster where that says it, and somebody who serves beside it in some of the zones. */
function inZones(scenario: Scenario, by: Said['by'], random: Random): Scenario {
  const zones =
    by === 'metadata'
      ? ['DEFAULT', 'DEFAULT']
      : random.pick([
          ['a', 'b'],
          ['a', 'b', 'c'],
        ]);
  const settled = <T extends InstanceId>(ids: readonly T[], cluster = random.pick(zones)): readonly T[] =>
    ids.map((id) => ({ ...id, cluster }));
  const targets = scenario.plan.targets.map((target) => ({
    ...target,
    registrations: settled<Registration>(target.registrations),
  }));
  const services = new Map(
    targets.map((target) => [serviceKey(mainRegistration(target)), mainRegistration(target)]),
  );
  const beside = [...services.values()].flatMap(({ service, group }, index) =>
    zones.flatMap((zone, at) =>
      random.chance(0.6) ? [settled([instance(service, group, 200 + index * 10 + at, 8080)], zone)] : [],
    ),
  );
  const bystanders = [...scenario.bystanders.map((ids) => settled(ids)), ...beside];
  return { ...scenario, bystanders, plan: { ...scenario.plan, targets } };
}

/**
 * In a third of the runs targets may drain while those before are deployed and checked, in some of these over two stages.
 * Drawn apart from the rest, so that a kept seed stays the run that it was.
 */
export function withDrainAhead(scenario: Scenario, random: Random): Scenario {
  if (!random.chance(1 / 3)) return scenario;
  const secondStageFrom = random.chance(0.2) ? random.int(1, 3) : Infinity;
  const targets = scenario.plan.targets.map((target) => ({
    ...target,
    stage: target.batch >= secondStageFrom ? '2' : '1',
    ...(random.chance(0.9) && { drainAhead: true as const }),
  }));
  return { ...scenario, plan: { ...scenario.plan, targets } };
}
