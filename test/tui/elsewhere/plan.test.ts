import { expect, test } from 'vitest';
import type { StartRequest } from '../../../src/runner/ports/face-ports.ts';
import { type Opened, openConsole } from '../support/open-console.ts';
import { profileEntry } from '../support/fake-ports.ts';

type Held = Opened & {
  /** The oldest plan that was asked for and is not answered is made now. */
  release(): Promise<void>;
  readonly started: readonly StartRequest[];
};

/** At the form of a production rollout of the first of `orders`; a plan takes as long as the test says. */
async function atForm(): Promise<Held> {
  const held: (() => void)[] = [];
  const started: StartRequest[] = [];
  const opened = openConsole({
    prepare: (ports) => {
      ports.entries = [profileEntry('prod-sh', { isProduction: true })];
      ports.launcher.obstacle = () => new Promise((resolve) => held.push(() => resolve(undefined)));
      ports.launcher.start = (request) => {
        started.push(request);
        return Promise.resolve({ ok: false, problem: { kind: 'runner-failed', detail: 'no script' } });
      };
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders');
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  await opened.press('space', 'enter');
  const release = async (): Promise<void> => {
    held.shift()?.();
    await opened.clock.advance(0);
    await opened.clock.advance(0);
  };
  return { ...opened, release, started };
}

/** From the form of `orders` to that of `shop`. */
async function toShop(opened: Opened): Promise<void> {
  await opened.press('esc', 'esc', 'down', 'down', 'enter');
  await opened.clock.advance(0);
  await opened.press('space', 'enter');
  expect(opened.screen()).toContain('shop');
}

test('a plan that comes late is not shown as one of another service', async () => {
  const opened = await atForm();
  await opened.press('v');
  await toShop(opened);
  await opened.release();
  expect(opened.screen()).not.toContain('Review of');
  expect(opened.store.model().waitingFor).toBeUndefined();
  expect(opened.store.model().reviewed).toBeUndefined();
});

test('while a second plan is made, the first one neither shows nor ends the waiting', async () => {
  const opened = await atForm();
  await opened.press('v');
  await toShop(opened);
  await opened.press('v');
  await opened.release();
  expect(opened.screen()).not.toContain('Review of');
  expect(opened.store.model().waitingFor).toBe('plan');
  await opened.release();
  await opened.sees('Review of a rollout of shop');
  expect(opened.store.model().waitingFor).toBeUndefined();
});

test('a plan of what was typed otherwise meanwhile is not shown', async () => {
  const opened = await atForm();
  await opened.press('v');
  await opened.press('enter');
  await opened.type('0');
  await opened.press('enter');
  await opened.release();
  expect(opened.screen()).not.toContain('Review of');
  expect(opened.store.model().waitingFor).toBeUndefined();
  await opened.press('v');
  await opened.release();
  await opened.sees('Review of a rollout of orders');
});

test('the title and the name that is typed are those of the plan that starts', async () => {
  const opened = await atForm();
  // Of two services, of the first of which nothing is chosen.
  await opened.press('esc', 'esc', 'space', 'down', 'space', 'R');
  await opened.sees('10.0.0.21:9090');
  await opened.press('a', 'down', 'down', 'down', 'space', 'enter', 'v');
  expect(opened.store.model().draft?.services.map(({ service }) => service)).toEqual(['orders', 'shop']);
  await opened.release();
  await opened.sees('Raft leader');
  expect(opened.screen()).toContain('Review of a rollout of shop ');
  await opened.press('G');
  expect(opened.screen()).toContain('Type shop to start');
  await opened.type('orders');
  await opened.press('enter');
  expect(opened.started).toEqual([]);
  await opened.type('shop');
  await opened.press('enter');
  expect(opened.started).toHaveLength(1);
});
