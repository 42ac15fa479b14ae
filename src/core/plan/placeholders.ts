import { hostInUrl } from '../registry/address.ts';
import { filled } from '../text/placeholder.ts';
import { endpointText } from '../registry/service.ts';
import { type Registration } from './plan.ts';

/**
 * Fills in `placeholderNames`; `{management.port}` is the port unless the metadata names another. For URLs and argv words
 * only, never for a command line. As the host of a URL an IPv6 address stands in one pair of brackets, whether or not they
 * are written around `{ip}`; anywhere else the ip is as it is registered.
 */
export function fillPlaceholders(text: string, registration: Registration, form: 'url' | 'word'): string {
  const { ip, port, service, group, namespace, cluster } = registration;
  const instance = endpointText(registration);
  const names = { service, group, namespace, cluster, 'management.port': managementPort(registration) };
  if (form === 'word') return filled(text, { ...names, ip, port: String(port), instance });
  // A name with a slash or a question mark in it would make another address of a URL.
  const plain = (name: string): string => encodeURIComponent(name.toWellFormed());
  const inUrl = {
    service: plain(service),
    group: plain(group),
    namespace: plain(namespace),
    cluster: plain(cluster),
    'management.port': names['management.port'],
    ip: plain(ip).replaceAll('%3A', ':'),
    port: String(port),
    instance: plain(instance).replaceAll('%3A', ':'),
  };
  const asHost = { ...inUrl, ip: hostInUrl(ip), instance: `${hostInUrl(ip)}:${port}` };
  const [, host = '', path = ''] = /^(\w+:\/\/[^/?#]*)?(.*)$/s.exec(text) ?? [];
  return filled(host.replaceAll('[{ip}]', '{ip}'), asHost) + filled(path, inUrl);
}

/** Spring Cloud registers it where Actuator has a port of its own. */
function managementPort({ port, metadata }: Registration): string {
  const named = metadata['management.port'] ?? '';
  return /^\d{1,5}$/.test(named) ? named : String(port);
}
