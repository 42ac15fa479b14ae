import { allRead } from '../../../src/core/registry/listed.ts';
import { expect, test } from 'vitest';
import {
  errorOf,
  eventually,
  listed,
  metadata,
  newService,
  registerInstance,
  type Subject,
  itemsOf,
} from '../subjects/subject.ts';

export function instanceLists(subject: () => Subject): void {
  test('lists every cluster, with what was registered, byte for byte', async () => {
    const registry = subject().open();
    const service = newService('listed');
    await registerInstance(subject(), service, 10);
    await registerInstance(subject(), service, 9, { cluster: 'B' });
    await registerInstance(subject(), service, 9, { port: 9090 });
    const shown = { healthy: true, enabled: true, weight: 5, ephemeral: true, metadata };
    expect(await listed(subject(), registry, service, 3)).toEqual([
      { ...service, ip: '10.0.0.9', port: 8080, cluster: 'B', ...shown },
      { ...service, ip: '10.0.0.9', port: 9090, cluster: 'DEFAULT', ...shown },
      { ...service, ip: '10.0.0.10', port: 8080, cluster: 'DEFAULT', ...shown },
    ]);
  });

  test('lists instances that registered themselves off, and gives consumers the others', async () => {
    const registry = subject().open();
    const service = newService('half-off');
    const first = await registerInstance(subject(), service, 1, { enabled: false });
    await registerInstance(subject(), service, 2);
    const instances = await listed(subject(), registry, service, 2, [first]);
    expect(instances.map(({ enabled }) => enabled)).toEqual([false, true]);
    expect(itemsOf(await registry.consumerView(service))).toEqual([{ ip: '10.0.0.2', port: 8080 }]);
  });

  test('gives consumers the instances of every cluster', async () => {
    const registry = subject().open();
    const service = newService('view');
    await registerInstance(subject(), service, 1, { cluster: 'A' });
    await registerInstance(subject(), service, 2, { cluster: 'B' });
    const read = async () => itemsOf(await registry.consumerView(service));
    const view = await eventually(subject(), read, (given) => given.length === 2);
    expect(view.map(({ ip }) => ip).sort()).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  test('lists more instances than go on a page', async () => {
    const registry = subject().open({}, { pageSize: 2 });
    const service = newService('many');
    for (const number of [1, 2, 3, 4, 5]) await registerInstance(subject(), service, number);
    const instances = await listed(subject(), registry, service, 5);
    expect(instances.map(({ ip }) => ip)).toEqual([1, 2, 3, 4, 5].map((number) => `10.0.0.${number}`));
  });

  test('tells that a service does not exist; consumers are given nobody', async () => {
    const registry = subject().open();
    const service = newService('missing');
    expect(await registry.instances(service)).toEqual({ ok: true, value: undefined });
    expect(await registry.consumerView(service)).toEqual({ ok: true, value: allRead([]) });
    expect(await registry.subscribers(service)).toEqual({ ok: true, value: [] });
  });

  test('keeps services of one name apart by their group', async () => {
    const registry = subject().open();
    const service = newService('grouped');
    const grey = { ...service, group: 'GREY' };
    await registerInstance(subject(), service, 1);
    await registerInstance(subject(), grey, 2);
    expect((await listed(subject(), registry, service, 1)).map(({ ip }) => ip)).toEqual(['10.0.0.1']);
    expect((await listed(subject(), registry, grey, 1)).map(({ ip, group }) => [ip, group])).toEqual([
      ['10.0.0.2', 'GREY'],
    ]);
  });

  test('asks one server node where told to, and only those that were accepted', async () => {
    const urls: string[] = [];
    const { url } = subject();
    const [, port] = new URL(url).host.split(':');
    const node = `http://localhost:${port}`;
    const registry = subject().open({ acceptedNodes: [node] }, { log: (request) => urls.push(request.url) });
    const service = newService('by-node');
    await registerInstance(subject(), service, 1);
    await listed(subject(), registry, service, 1);
    expect(registry.nodeAddresses).toEqual([url, node]);
    urls.length = 0;
    expect(itemsOf(await registry.instances(service, { node }))).toHaveLength(1);
    expect(urls.every((one) => one.startsWith(node))).toBe(true);
    urls.length = 0;
    expect(errorOf(await registry.instances(service, { node: 'http://127.0.0.1:9' }))).toBe('unreachable');
    expect(urls).toEqual([]);
  });
}
