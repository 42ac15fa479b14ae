import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { ConsumersTold } from '../../../src/runner/context/consumers-told.ts';
import type { Snapshot } from '../../../src/runner/ports/protocol.ts';
import type { Runner } from '../../../src/runner/engine/runner.ts';
import { createObserver, observeEveryMs } from '../../../src/runner/process/observe.ts';
import { connectToRunner } from '../../../src/runner/process/runner-socket-client.ts';
import { serveFaces } from '../../../src/runner/process/runner-socket-server.ts';
import type { Hearing } from '../../../src/world/subscription.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { leftOffEvents } from '../../support/left-off-rollout.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { until } from '../../support/time/until.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

const events = leftOffEvents('7f3a0001').slice(0, 1) as readonly Event[];

/** A runner's socket with one face, at most every 5 s or at news. */
async function served() {
  const path = join(newDirectory('faces'), 'socket');
  const clock = virtualClock();
  const runner = {
    rollout: () => apply(undefined, events[0] as Event),
    follow: () => () => undefined,
    calls: () => [],
    record: () => undefined,
  } as unknown as Runner;
  let looks = 0;
  let news = new AbortController();
  const faces = await serveFaces({
    path,
    runner,
    events,
    clock,
    observe: async () => {
      looks += 1;
      return { observedAt: '', services: [] };
    },
    freshness: () => ({ ms: 5000, news: news.signal }),
  });
  const joinAsFace = async (): Promise<void> => {
    const link = await connectToRunner({
      id: '7f3a0001',
      directory: '/',
      path,
      by: 'bob@b',
      mayDecide: false,
    });
    onTestFinished(() => link?.close());
  };
  onTestFinished(() => faces.close());
  const tell = (): void => {
    const before = news;
    news = new AbortController();
    before.abort();
  };
  return { clock, looks: () => looks, tell, join: joinAsFace };
}

test('a face that joins is shown at once what Nacos says, and then when there is news', async () => {
  const { clock, looks, tell, join } = await served();
  await clock.advance(200);
  await join();
  await until(() => looks() === 1, 5);
  await clock.advance(4900);
  expect(looks()).toBe(1);
  tell();
  await clock.advance(0);
  expect(looks()).toBe(2);
  for (let times = 0; times < 10; times += 1) tell();
  await clock.advance(200);
  expect(looks()).toBe(3);
  await clock.advance(4900);
  expect(looks()).toBe(3);
  await clock.advance(100);
  expect(looks()).toBe(4);
});

const scenario = plainScenario(1);

function toldBy(hearing: (node: string) => Hearing): ConsumersTold {
  return { of: () => undefined, listOf: () => undefined, hearing, news: () => new AbortController().signal };
}

const refused = { kind: 'unreachable', addresses: ['node-1:8848'], detail: 'refused' } as const;
const listening: Hearing = { kind: 'listening' };
const unavailable: Hearing = {
  kind: 'unavailable',
  error: { kind: 'unreachable', addresses: ['node-1:9848'], detail: 'refused' },
};

test('lists are read every second unless every node tells us, and it is said which one does not', async () => {
  const { plan, nodes } = scenario;
  const { place } = plainPlace(scenario);
  const partly = toldBy((node) => (node === nodes[0] ? listening : unavailable));
  expect(observeEveryMs(undefined, nodes, plan)).toBe(1000);
  expect(observeEveryMs(partly, nodes, plan)).toBe(1000);
  expect(
    observeEveryMs(
      toldBy(() => ({ kind: 'asking' })),
      nodes,
      plan,
    ),
  ).toBe(1000);
  expect(
    observeEveryMs(
      toldBy(() => listening),
      nodes,
      plan,
    ),
  ).toBe(15_000);
  const look = createObserver(
    place.world.registry,
    place.clock,
    () => nodes,
    () => plan,
    { told: partly },
  );
  const [seen] = (await look()).services;
  expect(seen?.nodes.map(({ unheard }) => unheard?.kind)).toEqual([undefined, 'unreachable']);
});

test('of a node that does not answer its last list is shown, and when that was read, also to who saw it elsewhere', async () => {
  const { plan, nodes } = scenario;
  const { place } = plainPlace(scenario);
  const { registry } = place.world;
  let isDown = false;
  const failing = {
    ...registry,
    instances: (...asked: Parameters<typeof registry.instances>) =>
      isDown ? Promise.resolve({ ok: false, error: refused } as const) : registry.instances(...asked),
  };
  const observer = (before?: Snapshot) =>
    createObserver(
      failing,
      place.clock,
      () => nodes,
      () => plan,
      { before },
    );
  const look = observer();
  const good = await look();
  const ofFirst = ({ services }: Snapshot) => services[0]?.nodes[0];
  expect(ofFirst(good)?.answeredAt).toBeUndefined();
  isDown = true;
  const lists = ofFirst(good)?.instances;
  expect(lists).not.toEqual([]);
  const known = { problem: 'unreachable', instances: lists, answeredAt: good.observedAt };
  await place.clock.advance(5000);
  const bad = await look();
  expect(ofFirst(bad)).toMatchObject(known);
  expect(ofFirst(await observer(bad)())).toMatchObject(known);
  expect(ofFirst(await observer()())).not.toHaveProperty('answeredAt');
});
