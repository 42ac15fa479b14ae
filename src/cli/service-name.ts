import type { ServiceId } from '../core/service.ts';

/** `orders` or `GROUP@@orders`. */
export function serviceNamed(text: string, home: { namespace: string; group: string }): ServiceId {
  const at = text.indexOf('@@');
  return at <= 0
    ? { ...home, service: text }
    : { namespace: home.namespace, group: text.slice(0, at), service: text.slice(at + 2) };
}
