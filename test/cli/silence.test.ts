import { expect, test } from 'vitest';
import { replay } from '../../src/core/apply/apply.ts';
import type { OpenRollout } from '../../src/runner/ports/face-ports.ts';
import type { Asking } from '../../src/world/registry.ts';
import { watchSilence } from '../../src/world/silence.ts';
import { leftOffEvents } from '../support/left-off-rollout.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';
import { instance } from './support/fake-registry.ts';
import { done, runOrders, stageOrders } from './support/orders-stage.ts';
import { allOf } from './support/journaled.ts';
import { type Stage, server, setStage } from './support/stage.ts';

const silent = 'http://10.0.0.1:8848';

/** A machine whose Nacos takes `answersAfterMs`, then has never been there. One rollout has left something off. */
function stageBefore(answersAfterMs: number, next?: string): Stage {
  const stage = setStage([instance('orders', '10.0.0.1', 8080)]);
  const events = leftOffEvents('aaaa').slice(0, -1);
  const rollout = replay(events);
  if (rollout === undefined) throw new Error('no rollout');
  const open: OpenRollout = { id: 'aaaa', directory: '/s/aaaa', rollout, isRunning: false };
  const { clock } = stage;
  stage.ports = {
    ...stage.ports,
    launcher: {
      ...stage.ports.launcher,
      all: allOf(open),
      read: async () => ({ ok: true, open, events }),
    },
    connect: async (_spec, _password, watch) => {
      const over = watch?.({ address: silent, sinceMs: clock.monotonic(), limitMs: 5000, next });
      await clock.sleep(answersAfterMs);
      over?.();
      return {
        ok: false,
        error: { kind: 'timeout', address: silent, afterMs: answersAfterMs, wasSent: true },
      };
    },
  };
  return stage;
}

async function ranOn(
  stage: Stage,
  argv: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
  const state = { isOver: false };
  const running = stage.run(...argv).finally(() => (state.isOver = true));
  while (!state.isOver) await stage.clock.advance(500);
  return running;
}

const commands: readonly (readonly string[])[] = [
  ['services', ...server],
  ['services', ...server, '--json'],
  ['instances', 'orders', ...server],
  ['plan', ...server, '--service', 'orders', '--deploy', 'true'],
  [...runOrders, '--yes'],
  [...runOrders, '--dry-run', '--json'],
  ['disable', 'orders', ...server, '--instance', '10.0.0.1:8080'],
  ['enable', 'orders', ...server, '--instance', '10.0.0.1:8080'],
  ['profile', 'test', ...server],
  ['doctor', ...server],
  ['status'],
  ['resume', 'aaaa', '--yes'],
];

test.each(commands)('%s %s says who is waited for after a second, on standard error', async (...argv) => {
  const { err, out } = await ranOn(stageBefore(5000), argv);
  expect(err).toContain(`Waiting for ${silent}, which says nothing yet; given up after 5 s.\n`);
  expect(out).not.toContain('Waiting');
  const chinese = await ranOn(stageBefore(5000), [...argv, '--lang', 'zh-CN']);
  expect(chinese.err).toContain(`正在等待 ${silent}，尚无应答；满 5 秒后放弃。`);
});

test.each(commands)('%s %s says nothing of a server that answers quickly', async (...argv) => {
  const { err } = await ranOn(stageBefore(900), argv);
  expect(err).not.toContain('Waiting');
});

test.each([
  ['http://10.0.0.2:8848', ', then http://10.0.0.2:8848 is asked.'],
  [silent, ', then asked once more.'],
])('says what comes next: %s', async (next, said) => {
  const { err } = await ranOn(stageBefore(5000, next), ['services', ...server]);
  expect(err).toContain(`given up after 5 s${said}`);
});

test('says it again every ten seconds, and at once of another address', async () => {
  const stage = stageBefore(0);
  const { clock } = stage;
  stage.ports = {
    ...stage.ports,
    connect: async (_spec, _password, watch) => {
      for (const address of ['http://a', 'http://a', 'http://a', 'http://b']) {
        const over = watch?.({ address, sinceMs: clock.monotonic(), limitMs: 5000, next: undefined });
        await clock.sleep(5000);
        over?.();
      }
      return { ok: false, error: { kind: 'timeout', address: 'http://b', afterMs: 5000, wasSent: true } };
    },
  };
  const { err } = await ranOn(stage, ['services', ...server]);
  expect(err.match(/Waiting for http:\/\/\w/g)).toEqual([
    'Waiting for http://a',
    'Waiting for http://a',
    'Waiting for http://b',
  ]);
});

test('says that the runner is being started where that takes its time', async () => {
  const { stage, launcher } = stageOrders();
  const { clock } = stage;
  const start: typeof launcher.start = async (request) => {
    await clock.sleep(5000);
    return launcher.start(request);
  };
  stage.ports = { ...stage.ports, launcher: { ...launcher, start } };
  const running = ranOn(stage, [...runOrders, '--yes']);
  await launcher.followed;
  launcher.tell(done);
  const { err, code } = await running;
  expect(code).toBe(0);
  expect(err.match(/Starting the runner/g)).toHaveLength(1);
});

test('of many requests the one that has waited longest is told, until none waits', async () => {
  const clock = virtualClock();
  const told: (string | undefined)[] = [];
  const watch = watchSilence(clock, (silence) => told.push(silence?.address));
  const ask = (address: string): (() => void) =>
    watch({ address, sinceMs: clock.monotonic(), limitMs: 5000, next: undefined } satisfies Asking);
  const first = ask('a');
  await clock.advance(500);
  const second = ask('b');
  const quick = ask('c');
  quick();
  await clock.advance(600);
  first();
  await clock.advance(400);
  second();
  expect(told).toEqual(['a', undefined, 'b', undefined]);
});
