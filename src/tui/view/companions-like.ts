import { serviceKey } from '../../core/registry/service.ts';
import type { Beside } from '../draft/draft.ts';
import type { Model } from '../model/model.ts';
import { fullName } from '../../core/registry/service-name.ts';

const likeMax = 8;
const nearest: readonly (Beside[string] | undefined)[] = ['process', 'ip', undefined];

/**
 * Services of the namespace that may be meant, as one would type them: those of the same process first, then those on
 * the same ip. Those to be rolled are not among them.
 */
export function companionsLike(model: Model, typed: string): readonly string[] {
  const own = (model.draft?.services ?? []).map(serviceKey);
  const wanted = typed.trim().toLowerCase();
  const rank = (name: string): number => nearest.indexOf(model.beside[name]);
  return (model.services.value?.items ?? [])
    .filter((service) => !own.includes(serviceKey(service)))
    .map(fullName)
    .filter((name) => name.toLowerCase().includes(wanted))
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, likeMax);
}
