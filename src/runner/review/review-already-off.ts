import type { ServiceView } from '../../core/rollout/service-view.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { type InstanceId, endpointText, instanceKey } from '../../core/registry/service.ts';
import type { TakenOff } from '../../core/event/failure.ts';
import type { PartLeft } from '../../core/report/whole-weight.ts';
import type { Finding } from './review.ts';
import { shortName } from '../../core/registry/service-name.ts';

/** Names what was off before us in every touched service: what the plan takes along, and what it leaves out. */
export function reviewAlreadyOff(
  plan: Plan,
  views: readonly ServiceView[],
  takenOff: (instance: InstanceId) => TakenOff | undefined,
): readonly Finding[] {
  const planned = plan.targets
    .flatMap((target) => target.registrations)
    .filter((one) => !one.wasEnabled || one.left !== undefined);
  const isPlanned = new Set(planned.map(instanceKey));
  const isLeft = new Set(planned.filter(({ left }) => left !== undefined).map(instanceKey));
  const listed = views.flatMap((view) => view.instances).filter((instance) => !instance.enabled);
  const off = new Map<string, InstanceId>([...planned, ...listed].map((one) => [instanceKey(one), one]));
  return [...off].map(([key, instance]): Finding => {
    const known = takenOff(instance);
    return {
      level: 'warning',
      kind: 'already-off',
      service: shortName(instance),
      instance: endpointText(instance),
      isTakenAlong: isPlanned.has(key),
      ...(isLeft.has(key) && { isPutOn: true }),
      ...(known && { takenOff: known }),
    };
  });
}

/** Names what is listed with a part of its weight because of an earlier rollout, and gets all of it back. */
export function reviewParts(
  { targets }: Plan,
  partLeft: (instance: InstanceId) => PartLeft | undefined,
): readonly Finding[] {
  return targets
    .flatMap(({ registrations }) => registrations)
    .flatMap((one): readonly Finding[] => {
      const left = partLeft(one);
      if (left?.written.includes(one.weight) !== true) return [];
      const { full, rollout } = left;
      const about = { service: shortName(one), instance: endpointText(one), weight: one.weight };
      return [{ level: 'warning', kind: 'part-of-weight', ...about, full, rollout }];
    });
}
