import { fetchText } from '../../support/servers/fetch-text.ts';
import type { LiveNacos } from '../servers/live-nacos.ts';

const paths = {
  '2.2.4': [
    'v1/ns/instance/list?',
    'v1/ns/catalog/instances?clusterName=DEFAULT&pageNo=1&pageSize=100&',
    'v1/ns/catalog/services?withInstances=true&pageNo=1&pageSize=100&serviceNameParam=SERVICE&',
    'v2/ns/instance/list?',
    'v2/ns/catalog/instances?pageNo=1&pageSize=100&',
  ],
  '3.1.0': [
    'v1/ns/instance/list?',
    'v3/client/ns/instance/list?',
    'v3/admin/ns/instance/list?',
    'v3/admin/ns/service/list?withInstances=true&pageNo=1&pageSize=100&serviceNameParam=SERVICE&',
  ],
} as const;

const kept = ['ip', 'port', 'weight', 'enabled', 'ephemeral', 'clusterName', 'metadata'] as const;

/** What every list that the server has says of the instances of a service. */
export async function everyList(
  { version, url }: LiveNacos,
  service: string,
  token: string | undefined,
): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const lists: Record<string, readonly unknown[]> = {};
  for (const path of paths[version]) {
    const query = `${path.replace('SERVICE', service)}serviceName=${service}`;
    const { status, text } = await fetchText(`${url}/nacos/${query}`, { token });
    if (status !== 200) throw new Error(`${path} answered ${status}: ${text}`);
    lists[path] = instancesIn(JSON.parse(text)).sort((a, b) => Number(a['port']) - Number(b['port']));
  }
  return lists;
}

/** Every object with an ip and metadata, however deep; only what a rollout might change. */
function instancesIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = value as Record<string, unknown>;
  if ('ip' in found && 'metadata' in found)
    return [Object.fromEntries(kept.map((name) => [name, found[name]]))];
  return Object.values(found).flatMap(instancesIn);
}

/** A token of the administrator's. */
export async function logIn({ version, url }: LiveNacos): Promise<string | undefined> {
  const path = version === '3.1.0' ? 'v3/auth/user/login' : 'v1/auth/login';
  const form = { username: 'nacos', password: 'nacos' };
  const { text } = await fetchText(`${url}/nacos/${path}`, { method: 'POST', form });
  return /"accessToken":"([^"]*)"/.exec(text)?.[1];
}
