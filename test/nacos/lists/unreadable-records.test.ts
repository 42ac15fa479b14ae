import { describe, expect, test } from 'vitest';
import { allRead } from '../../../src/core/registry/listed.ts';
import { itemsOf, valueOf } from '../../contract/subjects/subject.ts';
import { byPath, orders, registryFor, scripted } from '../nacos-script.ts';
import { dialects, type Lists, serving } from './served-lists.ts';

const host = { ip: '10.0.0.1', port: 8080, weight: 5, healthy: true, enabled: true, ephemeral: true };
const good = { ...host, clusterName: 'DEFAULT', metadata: { version: '1' } };
const without = (name: keyof typeof good): unknown => ({ ...good, [name]: undefined });

const nothing: Lists = { services: [], hosts: [], members: [], namespaces: [] };
const whose = { ...orders, cluster: 'DEFAULT' };
const at = { ip: '10.0.0.1', port: 8080 };
const metadata = { version: '1' };
const all = { ...whose, ...at, metadata };

const badHosts: readonly (readonly [string, unknown, object])[] = [
  ['no record at all', null, { ...whose, field: '', found: 'null' }],
  ['a word', 'gone', { ...whose, field: '', found: '"gone"' }],
  ['a weight that is no number', { ...good, weight: 'NaN' }, { ...all, field: 'weight', found: '"NaN"' }],
  ['a weight below zero', { ...good, weight: -1 }, { ...all, field: 'weight', found: '-1' }],
  ['a weight beyond all bounds', { ...good, weight: 10_001 }, { ...all, field: 'weight', found: '10001' }],
  ['no weight', without('weight'), { ...all, field: 'weight' }],
  ['no ip', without('ip'), { ...whose, port: 8080, metadata, field: 'ip' }],
  ['a null ip', { ...good, ip: null }, { ...whose, port: 8080, metadata, field: 'ip', found: 'null' }],
  ['an empty ip', { ...good, ip: ' ' }, { ...whose, port: 8080, metadata, field: 'ip', found: '" "' }],
  ['a number as ip', { ...good, ip: 7 }, { ...whose, port: 8080, metadata, field: 'ip', found: '7' }],
  [
    'a port too high',
    { ...good, port: 65_536 },
    { ...whose, ip: at.ip, metadata, field: 'port', found: '65536' },
  ],
  ['a port below zero', { ...good, port: -1 }, { ...whose, ip: at.ip, metadata, field: 'port', found: '-1' }],
  ['half a port', { ...good, port: 80.5 }, { ...whose, ip: at.ip, metadata, field: 'port', found: '80.5' }],
  [
    'a port in words',
    { ...good, port: '8080' },
    { ...whose, ip: at.ip, metadata, field: 'port', found: '"8080"' },
  ],
  ['nobody knows whether it is on', { ...good, enabled: null }, { ...all, field: 'enabled', found: 'null' }],
  ['nobody knows whether it is well', without('healthy'), { ...all, field: 'healthy' }],
  [
    'a cluster of another type',
    { ...good, clusterName: [1] },
    { ...all, field: 'clusterName', found: '[1]' },
  ],
  ['metadata in a row', { ...good, metadata: ['a'] }, { ...whose, ...at, field: 'metadata', found: '["a"]' }],
];

describe.each(dialects)('on %s', (dialect) => {
  test.each(badHosts)('%s: the others are listed, and it is named', async (_name, bad, unreadable) => {
    const other = { ...good, ip: '10.0.0.2' };
    const server = await scripted(serving(dialect, { ...nothing, hosts: [bad, other] }));
    const registry = registryFor(server.url);
    const listed = valueOf(await registry.instances(orders));
    expect(listed?.items.map(({ ip }) => ip)).toEqual(['10.0.0.2']);
    expect(listed?.unreadable).toEqual([unreadable]);
  });

  test('what is left out and means nothing is no fault', async () => {
    const { ip, port, weight, healthy, enabled } = good;
    const hosts = [{ ip, port, weight, healthy, enabled, metadata: null, clusterName: null }];
    const server = await scripted(serving(dialect, { ...nothing, hosts }));
    expect(valueOf(await registryFor(server.url).instances(orders))).toEqual(
      allRead([{ ...orders, ...host, cluster: 'DEFAULT', metadata: {} }]),
    );
  });

  test('consumers are given what can be called, whatever else is wrong with it', async () => {
    const hosts = [
      { ...good, weight: 'NaN' },
      { ...good, ip: null },
      { ...good, ip: '10.0.0.3' },
    ];
    const server = await scripted(serving(dialect, { ...nothing, hosts }));
    const given = valueOf(await registryFor(server.url).consumerView(orders));
    expect(given.items.map(({ ip }) => ip)).toEqual(['10.0.0.1', '10.0.0.3']);
    expect(given.unreadable).toMatchObject([{ field: 'ip', found: 'null' }]);
  });

  test('NaN and Infinity without quotes are no end of the list', async () => {
    const hosts = [
      { ...good, weight: 'bare' },
      { ...good, ip: '10.0.0.2', metadata: { said: 'NaN: "NaN"' } },
    ];
    for (const bare of ['NaN', 'Infinity', '-Infinity']) {
      const script = serving(dialect, { ...nothing, hosts });
      const server = await scripted((request) => {
        const reply = script(request);
        if (typeof reply === 'string') return reply;
        const body = JSON.stringify(reply.body).replaceAll('"bare"', bare);
        return { ...reply, body };
      });
      const listed = valueOf(await registryFor(server.url).instances(orders));
      expect(listed?.items.map((one) => [one.ip, one.metadata])).toEqual([
        ['10.0.0.2', { said: 'NaN: "NaN"' }],
      ]);
      expect(listed?.unreadable).toMatchObject([{ ip: '10.0.0.1', field: 'weight', found: `"${bare}"` }]);
    }
  });

  test('a service that cannot be read hides no other, and counts what can be read', async () => {
    const named = (name: unknown, clusterMap: unknown): unknown => ({
      serviceName: name,
      groupName: 'DEFAULT_GROUP',
      clusterMap,
    });
    const services = [
      null,
      named(null, {}),
      { ...Object(named('grey', {})), groupName: 7 },
      named('orders', {
        DEFAULT: { hosts: [good, { ...good, ip: null }, null, { ...good, enabled: false }] },
      }),
      named('nested', { A: null, B: { hosts: 'none' }, C: { hosts: [good] }, D: { hosts: null } }),
      named('flat', 'DEFAULT'),
      named('plain', null),
    ];
    const server = await scripted(serving(dialect, { ...nothing, services }));
    const listed = valueOf(await registryFor(server.url).services('public', ''));
    const counts = listed.items.map(({ service, on, off, ill, unreadable }) => [
      service,
      on,
      off,
      ill,
      unreadable,
    ]);
    expect(counts).toEqual([
      ['flat', 0, 0, 0, 1],
      ['nested', 1, 0, 0, 3],
      ['orders', 1, 1, 0, 2],
      ['plain', 0, 0, 0, 1],
    ]);
    expect(listed.unreadable).toEqual([
      { namespace: 'public', field: '', found: 'null' },
      { namespace: 'public', group: 'DEFAULT_GROUP', field: 'serviceName', found: 'null' },
      { namespace: 'public', service: 'grey', field: 'groupName', found: '7' },
    ]);
  });

  test('a service as it is listed, with what else is known of it, is asked for as any other', async () => {
    const hosts = [good, { ...good, weight: 'NaN' }, null];
    const server = await scripted(serving(dialect, { ...nothing, hosts }));
    const registry = registryFor(server.url);
    const listed = { ...orders, on: 1, off: 0, ill: 0, unreadable: 2 };
    expect(valueOf(await registry.instances(listed))).toEqual(valueOf(await registry.instances(orders)));
    expect(valueOf(await registry.service(listed))).toEqual(valueOf(await registry.service(orders)));
  });

  test('what cannot be read stands in the same order, however it is listed', async () => {
    const bad = ['10.0.0.10', '10.0.0.9'].map((ip) => ({ ...good, ip, weight: -1 }));
    for (const hosts of [
      [...bad, null],
      [null, ...bad.toReversed()],
    ]) {
      const server = await scripted(serving(dialect, { ...nothing, hosts }));
      const listed = valueOf(await registryFor(server.url).instances(orders));
      expect(listed?.unreadable.map(({ ip }) => ip)).toEqual(['10.0.0.9', '10.0.0.10', undefined]);
    }
  });

  test('a member of the cluster that cannot be read is named beside the others', async () => {
    const raft = { raftMetaData: { metaDataMap: { naming_instance_metadata: { leader: '10.0.0.8:7848' } } } };
    const members = [
      { ip: '10.0.0.8', port: 8848, address: '10.0.0.8:8848', state: 'UP', extendInfo: raft },
      { ip: null, port: 8848, address: null, state: 'UP' },
      { ip: '10.0.0.9', port: 70_000, state: 'UP' },
      'UP',
      { address: '10.0.0.10:8848', state: null, extendInfo: 'none' },
    ];
    const server = await scripted(serving(dialect, { ...nothing, members }));
    const listed = valueOf(await registryFor(server.url).nodes());
    expect(listed.items).toEqual([
      { address: '10.0.0.8:8848', state: 'UP', leader: '10.0.0.8:7848' },
      { address: '10.0.0.10:8848', state: 'UNKNOWN', leader: undefined },
    ]);
    expect(listed.unreadable).toEqual([
      { port: 8848, field: 'address', found: 'null' },
      { ip: '10.0.0.9', field: 'address' },
      { field: '', found: '"UP"' },
    ]);
  });

  test('a namespace that cannot be read hides no other, and may be the one that is asked for', async () => {
    const namespaces = [{ namespace: '', namespaceShowName: 'public' }, null, { namespace: 7 }];
    const server = await scripted(serving(dialect, { ...nothing, namespaces }));
    const registry = registryFor(server.url);
    const listed = valueOf(await registry.namespaces());
    expect(listed.items).toEqual([{ id: 'public', name: 'public' }]);
    expect(listed.unreadable).toHaveLength(2);
    expect(itemsOf(await registry.services('dev', ''))).toEqual([]);
  });
});

test('a cluster of a service whose name cannot be read is named: what it lists, nobody knows', async () => {
  const script = serving('v1', { ...nothing, hosts: [good] });
  const server = await scripted((request) =>
    request.path === '/nacos/v1/ns/service'
      ? {
          body: {
            clusters: [{ name: 'DEFAULT' }, { name: null }, null],
            protectThreshold: null,
            selector: 'x',
          },
        }
      : script(request),
  );
  const registry = registryFor(server.url);
  const listed = valueOf(await registry.instances(orders));
  expect(listed?.items).toHaveLength(1);
  expect(listed?.unreadable).toEqual([
    { ...orders, field: 'clusterName', found: 'null' },
    { ...orders, field: 'clusterName', found: 'null' },
  ]);
  // Nothing speaks for it being lower.
  expect(valueOf(await registry.service(orders))).toMatchObject({ protectThreshold: 1, selector: 'none' });
});

test('one that r-nacos counts and that cannot be read is not off', async () => {
  const shown = { ...good, metadata: {} };
  const script = byPath({
    '/nacos/v1/ns/operator/switches': { name: 'R-NACOS' },
    '/nacos/v1/ns/service': { name: 'orders', clusters: [] },
    '/nacos/v1/ns/catalog/instances': { count: 2, list: [shown, { ...shown, weight: null }] },
    '/nacos/v1/ns/catalog/services': {
      count: 2,
      serviceList: [
        { name: 'orders', groupName: 'DEFAULT_GROUP', ipCount: 3 },
        { name: 'x', ipCount: 'many' },
      ],
    },
    'GET /nacos/v1/ns/instance': { ...shown, ip: '10.0.0.7', enabled: 'no' },
  });
  const registry = registryFor((await scripted(script)).url);
  expect(valueOf(await registry.services('public', ''))).toEqual({
    items: [{ ...orders, on: 1, off: 1, ill: 0, unreadable: 1 }],
    unreadable: [{ namespace: 'public', service: 'x', field: 'ipCount', found: '"many"' }],
  });
  const known = [{ ip: '10.0.0.7', port: 8080 }];
  const listed = valueOf(await registry.instances(orders, { known }));
  expect(listed?.items).toHaveLength(1);
  expect(listed?.unreadable).toMatchObject([
    { ip: '10.0.0.1', field: 'weight' },
    { ip: '10.0.0.7', field: 'enabled' },
  ]);
});
