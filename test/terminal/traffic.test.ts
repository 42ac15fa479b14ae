import { afterAll, beforeAll, expect, test } from 'vitest';
import { bounds } from '../bench/terminal/bounds.ts';
import { idleBytes } from '../bench/terminal/idle.ts';
import { keyFigures, scrollBytes } from '../bench/terminal/keys.ts';
import { rowsLeft } from '../bench/terminal/resize.ts';
import { rolloutBytes } from '../bench/terminal/rollout.ts';
import { type Crowded, crowdedSandbox } from '../bench/scale/crowded.ts';
import { newDirectory } from '../support/new-directory.ts';

// `npm run bench:terminal` measures the same for longer; bytes have the same bounds here. Frames are held to theirs in
// paced-store.test.ts: a busy machine draws few of them by itself.

let nacos: Crowded;
/** One service of 40 instances. */
let few: Crowded;
let env: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  const home = newDirectory('traffic');
  env = { XDG_CONFIG_HOME: home, XDG_STATE_HOME: home, XDG_CACHE_HOME: home, LANG: 'en_US.UTF-8' };
  [nacos, few] = await Promise.all([
    crowdedSandbox('2.x', { services: 10_000, instances: 20_000 }, { isTelling: true }),
    crowdedSandbox('2.x', { services: 1, instances: 40 }, { isTelling: true }),
  ]);
});
afterAll(async () => {
  await nacos.close();
  await few.close();
});

test.each([
  ['services', false],
  ['instances', true],
])('updates that change nothing of the %s on the screen cost nothing', async (_which, isInside) => {
  expect(await idleBytes(nacos, env, { seconds: 3, isInside })).toBe(bounds.idle.most);
});

test('a list of 10,000 is scrolled by a row for little', async () => {
  expect(await scrollBytes(nacos, env, 15)).toBeLessThanOrEqual(bounds.scroll.most);
});

/** Whatever else the machine does meanwhile. */
const busyTimes = 20;

test('a key is seen soon while everything changes', async () => {
  const { p95Ms } = await keyFigures(nacos, env, { keys: 30, seconds: 1 });
  console.log(
    `key to screen, 95 of 100: ${p95Ms.toFixed(0)} ms; other tests run beside it, so ${busyTimes} × ${bounds.key.most} ms are allowed here`,
  );
  expect(p95Ms).toBeLessThanOrEqual(busyTimes * bounds.key.most);
});

test('a window that has changed shows what one of that size would, and nothing else', async () => {
  expect(await rowsLeft(few, env)).toBe(bounds.resize.most);
});

test('a rollout of 40 instances stays within a slow link', async () => {
  const bytes = await rolloutBytes(few, 11);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(bounds.rollout.most);
});
