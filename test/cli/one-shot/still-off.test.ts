import { expect, test } from 'vitest';
import { allRead } from '../../../src/core/registry/listed.ts';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const address = '10.0.0.1:8080';
const record = { group: 'DEFAULT_GROUP', service: 'orders', ip: '10.0.0.1', port: 8080 };
const silent: RegistryError = { kind: 'unreachable', addresses: ['http://127.0.0.1:8848'], detail: 'x' };
const incomplete: RegistryError = { kind: 'incomplete', path: '/x', found: 500, total: 600 };

const stageOfThree = (isOn = true): Stage =>
  setStage([
    instance('orders', '10.0.0.1', 8080, { enabled: isOn }),
    instance('orders', '10.0.0.2', 8080),
    instance('orders', '10.0.0.3', 8080),
  ]);

type Step = { readonly afterMs: number; readonly change: () => void };

/** Runs `disable`; what changes meanwhile changes at its time. */
async function disabling(
  stage: Stage,
  flags: readonly string[],
  steps: readonly Step[] = [],
): Promise<{ code: number; err: string }> {
  const running = stage.run('disable', 'orders', '--instance', address, ...flags, ...server);
  const over = new AbortController();
  void running.finally(() => over.abort());
  const isWaiting = async (): Promise<boolean> => {
    while (stage.clock.pendingCount === 0 && !over.signal.aborted)
      await new Promise((resolve) => setImmediate(resolve));
    return !over.signal.aborted;
  };
  for (const { afterMs, change } of steps) {
    await isWaiting();
    await stage.clock.advance(afterMs);
    change();
  }
  while (await isWaiting()) await stage.clock.advance(1000);
  return running;
}

/** Listed as off, and given to consumers all the same. */
function expose({ registry }: Stage): void {
  registry.consumerView = async () => ({ ok: true, value: allRead(registry.list) });
}

/** Its record can no longer be read. */
function spoil({ registry }: Stage): void {
  registry.list = registry.list.filter(({ ip }) => ip !== '10.0.0.1');
  registry.unreadable = [{ ...record, field: 'weight', found: '"NaN"' }];
}

const doubts: readonly (readonly [string, (stage: Stage) => void, string])[] = [
  ['what is listed there cannot be read', spoil, 'cannot be read'],
  ['Nacos says nothing', ({ registry }) => void (registry.readError = silent), 'cannot be reached'],
  ['the list is incomplete', ({ registry }) => void (registry.readError = incomplete), '500'],
  ['consumers are still given it', expose, 'still shows the instance on'],
];

test.each(doubts)('after the wait %s: a script is not told to go on', async (_what, change, sentence) => {
  const stage = stageOfThree();
  const { code, err } = await disabling(
    stage,
    ['--wait', '40s'],
    [{ afterMs: 39_000, change: () => change(stage) }],
  );
  expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining(sentence) });
  expect(err).toContain(address);
});

test('an answer that is late by a moment is waited for', async () => {
  const stage = stageOfThree();
  const { code } = await disabling(
    stage,
    ['--wait', '40s'],
    [
      { afterMs: 39_000, change: () => void (stage.registry.readError = silent) },
      { afterMs: 3000, change: () => void (stage.registry.readError = undefined) },
    ],
  );
  expect(code).toBe(0);
});

test('what leaves during the wait is as good as off', async () => {
  const stage = stageOfThree();
  const { code } = await disabling(
    stage,
    ['--wait', '40s'],
    [{ afterMs: 39_000, change: () => void (stage.registry.list = stage.registry.list.slice(1)) }],
  );
  expect(code).toBe(0);
});

test('off already is what every server node and every consumer sees', async () => {
  const stage = stageOfThree(false);
  expose(stage);
  const { code, err } = await disabling(stage, []);
  expect({ code, writes: stage.registry.writes }).toEqual({ code: 1, writes: [] });
  expect(err).toContain('still shows the instance on');
});

test('off on the node that the plan was made of, and on at another one: not off already', async () => {
  const stage = stageOfThree(false);
  const { registry } = stage;
  const nodes = ['http://127.0.0.1:8848', 'http://127.0.0.2:8848'];
  const one: typeof registry.instances = registry.instances.bind(registry);
  stage.registry = Object.assign(registry, {
    nodeAddresses: nodes,
    instances: async (...[id, options]: Parameters<typeof one>) => {
      const answer = await one(id, options);
      if (!answer.ok || answer.value === undefined || options?.node !== nodes[1]) return answer;
      const items = answer.value.items.map((each) => ({ ...each, enabled: true }));
      return { ok: true as const, value: { ...answer.value, items } };
    },
  });
  const { code, err } = await disabling(stage, []);
  expect({ code, writes: registry.writes }).toEqual({ code: 1, writes: [] });
  expect(err).toContain('http://127.0.0.2:8848 still shows the instance on');
});

test('off already, and consumers learn of it a moment later', async () => {
  const stage = stageOfThree(false);
  expose(stage);
  const { code, err } = await disabling(
    stage,
    [],
    [
      {
        afterMs: 1000,
        change: () => void (stage.registry.consumerView = async () => ({ ok: true, value: allRead([]) })),
      },
    ],
  );
  expect({ code, writes: stage.registry.writes }).toEqual({ code: 0, writes: [] });
  expect(err).toContain('is off already');
});
