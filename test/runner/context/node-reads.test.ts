import { expect, test } from 'vitest';
import { allRead } from '../../../src/core/registry/listed.ts';
import type { Endpoint } from '../../../src/core/registry/service.ts';
import type { ConsumersTold } from '../../../src/runner/context/consumers-told.ts';
import { NodeReads, askedAnew } from '../../../src/runner/context/node-reads.ts';
import type { Registry } from '../../../src/world/registry.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

const { plan } = plainScenario(2);
const known = plan.targets.flatMap((target) => target.registrations);
const [first, second] = known;
const node = 'http://node-0';
const slowMs = 10;

function opened(given?: readonly Endpoint[]) {
  const clock = virtualClock();
  const asked: string[] = [];
  const answer = async <T>(what: string, value: T) => {
    asked.push(what);
    await clock.sleep(slowMs);
    return { ok: true, value } as const;
  };
  const registry = {
    instances: () => answer('list', allRead(known.map((one) => ({ ...one, enabled: true, healthy: true })))),
    consumerView: () => answer('consumers', allRead([...known])),
  } as unknown as Registry;
  const told: Pick<ConsumersTold, 'listOf' | 'news'> = {
    listOf: () => given && { node, service: known[0] as never, atMs: 0, consumers: allRead([...given]) },
    news: () => new AbortController().signal,
  };
  return { clock, asked, reads: new NodeReads({ registry, clock }, told as ConsumersTold) };
}

test('who asks at about the same time shares one read, who wants what came later asks again', async () => {
  const { clock, asked, reads } = opened();
  const answers = [
    reads.read([node], known),
    reads.read([node], known),
    reads.read([node], known.slice(0, 1)),
  ];
  await clock.advance(slowMs);
  for (const one of await Promise.all(answers)) expect(one).toMatchObject([{ ok: true, node }]);
  expect(asked).toEqual(['consumers', 'list']);
  await clock.advance(100);
  void reads.read([node], known, reads.recent(1));
  expect(asked).toHaveLength(2);
  void reads.read([node], known);
  expect(asked).toHaveLength(4);
  void reads.read([node], known, askedAnew);
  expect(asked).toHaveLength(6);
});

test('of fewer known ones nothing is taken that was asked for others: lists may hide them', () => {
  const { asked, reads } = opened();
  if (first === undefined || second === undefined) throw new Error('there are two');
  void reads.read([node], [first]);
  void reads.read([node], [first, second]);
  expect(asked).toHaveLength(4);
});

test('who no longer wants to know is answered at once, and takes the answer from nobody', async () => {
  const { clock, asked, reads } = opened();
  const over = new AbortController();
  const gone = reads.read([node], known, reads.now, over.signal);
  const stays = reads.read([node], known);
  over.abort();
  expect(await gone).toMatchObject([{ ok: false, error: { kind: 'timeout' } }]);
  await clock.advance(slowMs);
  expect(await stays).toMatchObject([{ ok: true }]);
  expect(asked).toHaveLength(2);
});

test('what is told and listed alike is not asked for; what differs is', async () => {
  const alike = opened(known);
  const reading = alike.reads.read([node], known);
  await alike.clock.advance(slowMs);
  expect(await reading).toMatchObject([{ ok: true, consumers: known }]);
  expect(alike.asked).toEqual(['list']);
  const other = opened(known.slice(0, 1));
  const differing = other.reads.read([node], known);
  await other.clock.advance(2 * slowMs);
  expect(await differing).toMatchObject([{ ok: true, consumers: known }]);
  expect(other.asked).toEqual(['list', 'consumers']);
});

test('what anybody reads next is taken by who waits for it, and asked for when it is due', async () => {
  const { clock, asked, reads } = opened();
  const { signal } = new AbortController();
  const next = reads.next([node], known, { sinceMs: 0, dueMs: 1000, wake: () => false }, signal);
  await clock.advance(500);
  expect(asked).toEqual([]);
  void reads.read([node], known);
  await clock.advance(slowMs);
  expect(await next).toMatchObject([{ ok: true }]);
  expect(asked).toHaveLength(2);
  const sinceMs = clock.monotonic();
  const due = reads.next([node], known, { sinceMs, dueMs: sinceMs + 1000, wake: () => false }, signal);
  await clock.advance(1000 + slowMs);
  expect(await due).toMatchObject([{ ok: true }]);
  expect(asked).toHaveLength(4);
});
