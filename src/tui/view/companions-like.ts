import { serviceKey } from '../../core/service.ts';
import type { Model } from '../model.ts';

/** Services of the namespace that may be meant, as one would type them; those to be rolled are not among them. */
export function companionsLike(model: Model, typed: string): readonly string[] {
  const own = (model.draft?.services ?? []).map(serviceKey);
  const wanted = typed.trim().toLowerCase();
  return (model.services.value ?? [])
    .filter((service) => !own.includes(serviceKey(service)))
    .map((service) => `${service.group}@@${service.service}`)
    .filter((name) => name.toLowerCase().includes(wanted))
    .slice(0, 8);
}
