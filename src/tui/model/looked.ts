import type { Listed } from '../../core/registry/listed.ts';
import { type Instance, type ServiceSummary, instanceKey, serviceKey } from '../../core/registry/service.ts';

/** What the lists showed when a key was last pressed. */
export type Looked = {
  readonly atMs: number;
  readonly services: readonly ServiceSummary[] | undefined;
  readonly instances: Readonly<Record<string, Listed<Instance>>> | undefined;
};

/** Who presses nothing for so long has looked away. */
export const awayMs = 30_000;

type Watched = { readonly looked?: Looked | undefined; readonly now: { readonly monotonicMs: number } };

/** How many of a service went off or ill since somebody looked; nothing while somebody does. */
export function wentSince(model: Watched, service: ServiceSummary): { off: number; ill: number } {
  const before = lookedAway(model)?.services;
  const was = before && countsOf(before).get(serviceKey(service));
  if (was === undefined) return { off: 0, ill: 0 };
  return { off: Math.max(0, service.off - was.off), ill: Math.max(0, service.ill - was.ill) };
}

/** Whether it was on and well when somebody last looked, and is not now. */
export function wentBad(model: Watched, instance: Instance): boolean {
  const before = lookedAway(model)?.instances?.[serviceKey(instance)]?.items;
  const was = before?.find((one) => instanceKey(one) === instanceKey(instance));
  return was !== undefined && isWell(was) && !isWell(instance);
}

function isWell({ enabled, healthy }: Instance): boolean {
  return enabled && healthy;
}

/** What was seen last, by whoever has looked away since. */
export function lookedAway({ looked, now }: Watched): Looked | undefined {
  return looked !== undefined && now.monotonicMs - looked.atMs >= awayMs ? looked : undefined;
}

/** There may be ten thousand, and each is asked for with each picture. */
const known = new WeakMap<readonly ServiceSummary[], ReadonlyMap<string, ServiceSummary>>();

function countsOf(services: readonly ServiceSummary[]): ReadonlyMap<string, ServiceSummary> {
  const counts = known.get(services) ?? new Map(services.map((one) => [serviceKey(one), one]));
  known.set(services, counts);
  return counts;
}
