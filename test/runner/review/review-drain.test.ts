import { expect, test } from 'vitest';
import { consumerKindOf, consumerText } from '../../../src/core/drain/consumers.ts';
import { makeReview } from '../../../src/runner/review/make-review.ts';
import type { Subscriber } from '../../../src/world/registry.ts';
import { fakeRegistry } from '../../cli/support/fake-registry.ts';
import { anyCommand } from '../../support/any-command.ts';
import { hastyClock } from '../../support/time/hasty-clock.ts';

import { interfaces, gateway, shop, old, three, planOf, review, of, sentences, telling } from './reviewed.ts';

test.each<[Subscriber, string, string]>([
  [gateway, 'orders', 'spring-cloud'],
  [{ ...gateway, agent: 'Nacos-Java-Client:v3.1.0' }, 'orders', 'spring-cloud'],
  [{ ...gateway, agent: 'Nacos-Go-Client:v2.2.7' }, 'orders', 'spring-cloud'],
  [{ ...gateway, agent: '' }, 'orders', 'spring-cloud'],
  [gateway, interfaces, 'dubbo'],
  [{ ...gateway, agent: 'DubboClient:3.2' }, 'orders', 'dubbo'],
  [old, 'orders', 'legacy'],
  [old, interfaces, 'legacy'],
  [{ ...old, address: '10.9.0.3' }, 'orders', 'legacy'],
  [{ ...gateway, address: '10.9.0.1:50123' }, 'orders', 'legacy'],
])('%j of %s is taken for %s', (subscriber, service, kind) => {
  expect(consumerKindOf(subscriber, service)).toBe(kind);
});

test('a consumer is named with what is known of it', () => {
  expect(consumerText(gateway)).toBe('10.9.0.1:0 (gateway, Nacos-Java-Client:v2.4.2)');
  expect(consumerText({ address: '10.9.0.1', agent: '', app: 'unknown' })).toBe('10.9.0.1');
});

test('who consumes each touched service is listed, with the drain that they need', async () => {
  const list = three().flatMap((one) => [one, { ...one, service: interfaces, port: 20_880 }]);
  const given = { list, companion: interfaces, subscribers: [shop, gateway] };
  const found = of(await review({ consumers: 'spring-cloud' }, given), 'consumers');
  expect(found).toMatchObject([
    { level: 'good', service: 'orders', assumed: 'spring-cloud', neededMs: 40_000, plannedMs: 40_000 },
    { level: 'good', service: interfaces, assumed: 'dubbo', neededMs: 10_000 },
  ]);
  expect(sentences(found)[0]).toBe(
    'orders is consumed by 10.9.0.1 (gateway, Nacos-Java-Client:v2.4.2), 10.9.0.2 (Nacos-Java-Client:v2.4.2); the slowest is taken for spring-cloud, which may call for 40 s after a disable.',
  );
  expect(sentences(found, 'zh-CN')[0]).toContain('最慢的按 spring-cloud 看待');
});

test('a plan that waits less than its consumers need is warned of, and changed in nothing', async () => {
  const found = of(await review({ floor: '10s' }, { subscribers: [gateway, old] }), 'consumers');
  expect(found).toMatchObject([{ level: 'warning', assumed: 'legacy', neededMs: 50_000, plannedMs: 10_000 }]);
  expect(sentences(found)[0]).toContain(
    'the plan waits 10 s: make its drain legacy (in the console the field drain, else --drain legacy), unless you know them',
  );
  expect(sentences(found, 'zh-CN')[0]).toContain('计划只等 10 秒');
});

test('nobody that is named is no reason to wait longer or less', async () => {
  const found = of(await review({ floor: '1s' }, { subscribers: [] }), 'consumers');
  expect(found).toMatchObject([{ level: 'good', consumers: [] }]);
  expect(sentences(found)).toEqual([
    'Nacos names nobody who consumes orders: who only asks for its list is not named.',
  ]);
});

test('a list of consumers that cannot be read is said, and refuses nothing', async () => {
  const list = three();
  const registry = fakeRegistry(list);
  registry.consumers = async () => ({ ok: true, value: undefined });
  registry.subscribers = async () => ({
    ok: false,
    error: { kind: 'unreachable', addresses: ['http://a:8848'], detail: 'ECONNREFUSED' },
  });
  const world = {
    clock: hastyClock(),
    registry,
    probe: async () => ({ kind: 'good', ms: 1 }) as const,
    evidence: telling(true),
    commands: anyCommand,
  };
  const plan = planOf(list, { evidence: 'connections' });
  const { findings } = await makeReview(world, plan);
  expect(findings.filter(({ level }) => level === 'refused')).toEqual([]);
  expect(sentences(of(findings, 'consumers-unknown'))[0]).toContain('Who consumes orders cannot be read');
  expect(of(findings, 'evidence')).toMatchObject([{ level: 'warning', because: ['unknown-consumers'] }]);
});

test('where clients cannot be told one by one, subscribers of every node are listed, each once', async () => {
  const list = three();
  const registry = fakeRegistry(list);
  const told: Record<string, readonly Subscriber[]> = {
    'http://a:8848': [gateway, shop],
    'http://b:8848': [{ ...gateway, address: '10.9.0.1' }, shop, old],
  };
  Object.assign(registry, { nodeAddresses: Object.keys(told) });
  registry.consumers = async () => ({ ok: true, value: undefined });
  registry.subscribers = async (_id, options) => ({ ok: true, value: told[options?.node ?? ''] ?? [] });
  const world = {
    clock: hastyClock(),
    registry,
    probe: async () => ({ kind: 'good', ms: 1 }) as const,
    evidence: telling(true),
    commands: anyCommand,
  };
  const { findings } = await makeReview(world, planOf(list, { evidence: 'connections' }));
  const [found] = of(findings, 'consumers');
  const consumers = found?.kind === 'consumers' ? found.consumers : [];
  expect(consumers.map(({ address }) => address)).toEqual(['10.9.0.1', '10.9.0.2', '10.9.0.3:51002']);
  expect(of(findings, 'evidence')).toMatchObject([{ because: ['unknown-consumers'] }]);
});
