import { defaultGroup } from '../../core/registry/service.ts';
import { type Fields, isObject, isPlainHost, isText, isWord, type PlainHost } from './plain-host.ts';
import { isSaid } from './records.ts';
import { mayBeAtOneOf } from './wire.ts';

type PlainCounts = {
  readonly service: string;
  readonly group: string;
  readonly on: number;
  readonly off: number;
  readonly ill: number;
  /** Whether one of them is at one of the ips that were asked for. */
  readonly isThere: boolean;
};

/**
 * Counts the instances of a service that is as servers mostly say it, without making anything of them: a list may hold a
 * hundred thousand. `undefined` for what it does not know: the schemas say then what can be read of it.
 */
export function plainCounts(record: unknown, at: readonly string[] | undefined): PlainCounts | undefined {
  if (!isObject(record)) return undefined;
  const { serviceName, groupName, clusterMap } = record;
  if (!isWord(serviceName) || !(isText(groupName) || !isSaid(groupName)) || !isObject(clusterMap))
    return undefined;
  const hosts = plainHosts(clusterMap);
  if (hosts === undefined) return undefined;
  const counts = { on: 0, off: 0, ill: 0 };
  for (const host of hosts) counts[host.enabled ? (isWell(host) ? 'on' : 'ill') : 'off'] += 1;
  const isThere = at === undefined || hosts.some((host) => mayBeAtOneOf(at, host));
  return {
    service: serviceName,
    group: (isText(groupName) && groupName) || defaultGroup,
    ...counts,
    isThere,
  };
}

function plainHosts(clusterMap: Fields): readonly PlainHost[] | undefined {
  const found: PlainHost[] = [];
  for (const cluster of Object.values(clusterMap)) {
    const hosts = isObject(cluster) ? cluster['hosts'] : undefined;
    if (!Array.isArray(hosts) || !hosts.every(isPlainHost)) return undefined;
    for (const host of hosts) found.push(host);
  }
  return found;
}

const isWell = ({ healthy, valid }: PlainHost): boolean => (isSaid(healthy) ? healthy : valid) === true;
