import { type ServiceId, defaultGroup, isSameService } from './service.ts';

const separator = '@@';

/** `GROUP@@name`, as one types it and as v1 of the API sends it. */
export function fullName({ group, service }: Pick<ServiceId, 'group' | 'service'>): string {
  return `${group}${separator}${service}`;
}

/** For people: the name alone where that is enough to tell it from every other service of its namespace. */
export function shortName(id: Pick<ServiceId, 'group' | 'service'>): string {
  return id.group === defaultGroup && !id.service.includes(separator) ? id.service : fullName(id);
}

/** `GROUP@@name` or `name`, split once: what comes after the first `@@` is the name, whatever is in it. */
export function splitName(text: string): { readonly group?: string; readonly service: string } {
  const at = text.indexOf(separator);
  return at <= 0
    ? { service: text }
    : { group: text.slice(0, at), service: text.slice(at + separator.length) };
}

/** The service that a text means; one without a group is in that of `home`. */
export function serviceNamed(text: string, home: Pick<ServiceId, 'namespace' | 'group'>): ServiceId {
  const { namespace, group } = home;
  return { namespace, group, ...splitName(text) };
}

/**
 * Whether its full name, read again, means this service and no other. Empty names do not, nor do blanks at the ends,
 * which servers cut off.
 */
export function isUnmistakable(id: ServiceId): boolean {
  const name = fullName(id);
  const isWhole = id.service !== '' && [name, id.namespace].every((text) => text.trim() === text);
  return isWhole && isSameService(serviceNamed(name, id), id);
}
