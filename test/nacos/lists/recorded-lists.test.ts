import { expect, test } from 'vitest';
import type { Script } from '../../support/servers/scripted-server.ts';
import { absentPath } from '../../support/servers/scripted-server.ts';
import { itemsOf, valueOf } from '../../contract/subjects/subject.ts';
import { fixtures } from '../fixture.ts';
import { registryFor, scripted } from '../nacos-script.ts';

/** Answers each path as the server did that was recorded. */
function recorded(...servers: readonly string[]): Script {
  const answers = fixtures('lists').filter(({ server }) => servers.includes(server));
  return ({ method, path, query }) => {
    const found = answers.find((one) => one.method === method && one.path === path);
    if (found === undefined) return absentPath;
    // Recorded with instances only; without them it is the same list, and says how long it is.
    if (query.get('withInstances') === 'false')
      return { body: { count: JSON.parse(found.body).length, serviceList: [] } };
    return { status: found.status, type: found.type, body: found.body };
  };
}

const dis = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'dis' };

test.for([
  { servers: ['2.0.3'], version: '2.0.3', agent: 'Nacos-Java-Client:v2.5.1' },
  { servers: ['2.2.4', '2.2.4-cluster-31848'], version: '2.2.4-x86', agent: 'Nacos-Java-Client:v2.5.1' },
  { servers: ['3.1.0', '3.1.0-cluster-33858'], version: '3.1.0-bugfix', agent: 'Nacos-Java-Client:v3.1.0' },
])('reads what a $version said', async ({ servers, version, agent }) => {
  const registry = registryFor((await scripted(recorded(...servers))).url);
  expect(valueOf(await registry.server()).version).toBe(version);
  expect(itemsOf(await registry.namespaces())).toEqual([{ id: 'public', name: 'public' }]);
  expect(itemsOf(await registry.services('public', 'DIS'))).toEqual([{ ...dis, on: 2, off: 1, ill: 0 }]);
  expect(valueOf(await registry.service(dis))).toEqual({
    ...dis,
    protectThreshold: 0,
    selector: 'none',
    metadata: {},
    clusters: ['DEFAULT'],
  });
  const instances = itemsOf(await registry.instances(dis));
  expect(instances.map(({ ip, enabled }) => `${ip} ${enabled}`)).toEqual([
    '10.0.0.1 false',
    '10.0.0.2 true',
    '10.0.0.3 true',
  ]);
  expect(instances[0]).toMatchObject({ weight: 5, ephemeral: true, metadata: { version: '1', zone: 'a' } });
  const view = itemsOf(await registry.consumerView(dis)).map(({ ip }) => ip);
  expect(view.sort()).toEqual(['10.0.0.2', '10.0.0.3']);
  const [subscriber] = valueOf(await registry.subscribers(dis));
  expect(subscriber).toMatchObject({ agent, app: 'unknown' });
});

test.for([
  { servers: ['2.2.4', '2.2.4-cluster-31848'], down: '127.0.0.1:31868', leader: '127.0.0.1:30848' },
  { servers: ['3.1.0', '3.1.0-cluster-33858'], down: '127.0.0.1:33848', leader: '127.0.0.1:32858' },
])('tells which of three server nodes is down, and who leads', async ({ servers, down, leader }) => {
  const registry = registryFor((await scripted(recorded(...servers))).url);
  const nodes = itemsOf(await registry.nodes());
  expect(nodes).toHaveLength(3);
  expect(nodes.filter(({ state }) => state !== 'UP').map(({ address }) => address)).toEqual([down]);
  expect(nodes.filter(({ state }) => state === 'UP').map((node) => node.leader)).toEqual([leader, leader]);
});
