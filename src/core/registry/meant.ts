import { slipsBetween } from '../text/nearest.ts';
import type { RegistryError } from './registry-error.ts';
import { isSameService, type ServiceId } from './service.ts';

type NamespaceMissing = Extract<RegistryError, { kind: 'namespace-missing' }>;
type NamespaceNamed = { readonly id: string; readonly name: string };

const nearestMax = 3;
const similarMax = 5;

/** A namespace that is none, with those that are: the ones that bear it as a name, else the nearest by id and name. */
export function namespaceMissing(namespace: string, listed: readonly NamespaceNamed[]): NamespaceMissing {
  const isBearer = ({ name }: NamespaceNamed): boolean => name.toLowerCase() === namespace.toLowerCase();
  const exact = listed.filter(({ name }) => name === namespace);
  const bearers = (exact.length > 0 ? exact : listed.filter(isBearer)).map(({ id }) => id);
  if (bearers.length > 0) return { kind: 'namespace-missing', namespace, bearers };
  const slips = ({ id, name }: NamespaceNamed): number =>
    Math.min(slipsBetween(namespace, id), slipsBetween(namespace, name));
  const nearest = listed
    .toSorted((one, other) => slips(one) - slips(other))
    .slice(0, nearestMax)
    .map(({ id, name }) => ({ id, name }));
  return { kind: 'namespace-missing', namespace, nearest };
}

/**
 * Which of the services of its namespace may have been meant by one that is not there, nearest first: one of that name
 * in another case or group, a slip of the fingers, or one that begins or goes on like it.
 */
export function servicesMeant(id: ServiceId, listed: readonly ServiceId[]): readonly ServiceId[] {
  return listed
    .filter((one) => !isSameService(one, id))
    .map((one) => ({ one, apart: isSwapped(id, one) ? 0 : apart(id, one) }))
    .filter(({ apart }) => apart !== Infinity)
    .toSorted((a, b) => a.apart - b.apart)
    .slice(0, similarMax)
    .map(({ one }) => one);
}

/** Whether it bears that name, in any case. */
export function bearsName({ service }: ServiceId, name: string): boolean {
  return service.toLowerCase() === name.toLowerCase();
}

/** Whether group and name were given the wrong way round. */
function isSwapped(id: ServiceId, { group, service }: ServiceId): boolean {
  return group === id.service && service === id.group;
}

const onlyAlike = 100;

function apart(id: ServiceId, one: ServiceId): number {
  const group = one.group === id.group ? 0 : 0.5;
  const slips = slipsBetween(id.service, one.service);
  if (slips <= Math.max(1, Math.floor(id.service.length / 4))) return slips + group;
  return isAlike(one.service, id.service) ? onlyAlike + group : Infinity;
}

/** Whether one holds the other, or begins like it: three letters in common are none. */
function isAlike(one: string, other: string): boolean {
  if (one.toLowerCase().includes(other.toLowerCase())) return true;
  const alike = inCommon(one, other);
  return alike >= 3 && alike * 2 >= Math.min(one.length, other.length);
}

/** How many characters two names begin with alike, whatever their case. */
function inCommon(one: string, other: string): number {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  const lengths = Array.from({ length: a.length + 1 }, (_, index) => index);
  return lengths.findLast((length) => b.startsWith(a.slice(0, length))) ?? 0;
}

/** Which of these may have been meant by a pattern that fits none, as `GROUP@@name`: those first that begin like it. */
export function namesMeant(pattern: string, names: readonly string[]): readonly string[] {
  return names.toSorted((a, b) => inCommon(b, pattern) - inCommon(a, pattern)).slice(0, similarMax);
}
