import { consumerKindOf } from '../../core/drain/consumers.ts';
import { type ConsumerKind, type Plan, defaultConsumers, drainPresetsMs } from '../../core/plan/plan.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { serviceKey } from '../../core/registry/service.ts';
import type { ServiceConsumers } from './read-consumers.ts';
import type { Finding } from './review.ts';

/** Who consumes each touched service, and whether the plan waits for as long as such consumers need. Shortens nothing. */
export function reviewConsumers(plan: Plan, services: readonly ServiceConsumers[]): readonly Finding[] {
  return services.map((one): Finding => {
    const service = shortName(one.service);
    if ('error' in one) return { level: 'warning', kind: 'consumers-unknown', service, error: one.error };
    const { consumers } = one;
    const kinds = consumers.map((consumer): ConsumerKind => consumerKindOf(consumer, one.service.service));
    const assumed = kinds.toSorted((a, b) => drainPresetsMs[b] - drainPresetsMs[a])[0] ?? defaultConsumers;
    const drains = plan.targets
      .filter(({ registrations }) =>
        registrations.some((each) => serviceKey(each) === serviceKey(one.service)),
      )
      .map(({ drain }) => drain.ms);
    const plannedMs = Math.min(...drains);
    const neededMs = drainPresetsMs[assumed];
    const isShort = consumers.length > 0 && plannedMs < neededMs;
    const level = isShort ? 'warning' : 'good';
    return { level, kind: 'consumers', service, consumers, assumed, neededMs, plannedMs };
  });
}
