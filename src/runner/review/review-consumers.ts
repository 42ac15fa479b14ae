import { consumerKindOf } from '../../core/drain/consumers.ts';
import { type Plan } from '../../core/plan/plan.ts';
import { type ConsumerKind, defaultConsumers, drainPresetsMs } from '../../core/plan/drain-presets.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { serviceKey } from '../../core/registry/service.ts';
import type { ServerInfo } from '../../world/registry.ts';
import type { ServiceConsumers } from './read-consumers.ts';
import type { Finding } from './review.ts';

/** Who consumes each touched service, and whether the plan waits for as long as such consumers need. Shortens nothing. */
export function reviewConsumers(plan: Plan, services: readonly ServiceConsumers[]): readonly Finding[] {
  return services.map((one): Finding => {
    const service = shortName(one.service);
    if ('error' in one) return { level: 'warning', kind: 'consumers-unknown', service, error: one.error };
    const { consumers } = one;
    const [assumed = defaultConsumers] = kindsOf(one);
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

/** Where a plan warms up: whether this server keeps parts of a weight, and which of the consumers go by weights. */
export function reviewWarmUp(
  plan: Plan,
  { traits, product, version }: ServerInfo,
  services: readonly ServiceConsumers[],
): readonly Finding[] {
  const warmed = plan.targets.filter(({ warmUp }) => warmUp !== undefined);
  if (warmed.length === 0) return [];
  if (!traits.keepsEveryWeight)
    return [{ level: 'refused', kind: 'warm-up-impossible', version: `${product} ${version}` }];
  return services.flatMap((one): readonly Finding[] => {
    const key = serviceKey(one.service);
    const own = warmed.filter(({ registrations }) => registrations.some((each) => serviceKey(each) === key));
    if (own.length === 0) return [];
    const found = kindsOf(one);
    // Where nobody consumes it now, or that is not known, what the plan drains for.
    const kinds = found.length === 0 ? [own[0]?.drain.consumers ?? defaultConsumers] : found;
    const level = kinds.every((kind) => kind === 'grpc') ? 'good' : 'warning';
    return [{ level, kind: 'warm-up', service: shortName(one.service), kinds }];
  });
}

/** What its consumers are taken for, the slowest first; none where nobody consumes it now, or that is not known. */
function kindsOf(one: ServiceConsumers): readonly ConsumerKind[] {
  const consumers = 'error' in one ? [] : one.consumers;
  const kinds = new Set(
    consumers.map((consumer): ConsumerKind => consumerKindOf(consumer, one.service.service)),
  );
  return [...kinds].sort((a, b) => drainPresetsMs[b] - drainPresetsMs[a]);
}
