import { expect, test } from 'vitest';
import type { Listed, Unreadable } from '../../../src/core/registry/listed.ts';
import type { Instance } from '../../../src/core/registry/service.ts';
import { compareWithNacos } from '../../../src/runner/registry/compare-with-nacos.ts';
import { instance } from '../../simulation/scenario/scenario.ts';
import { isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import type { SimulatedWorld } from '../../simulation/world/simulated-world.ts';

const target = '10.0.0.1:8080';

type View = Listed<Instance>;

/** Shows what is listed as it is garbled on the way, on the given node or on all. */
function garbled(place: SimulatedWorld, garble: (view: View) => View, onNode?: string): void {
  const real = { ...place.world.registry };
  Object.assign(place.world.registry, {
    instances: async (...[id, options]: Parameters<typeof real.instances>) => {
      const answer = await real.instances(id, options);
      const isGarbled = onNode === undefined || options?.node === onNode;
      return answer.ok && answer.value && isGarbled ? { ok: true, value: garble(answer.value) } : answer;
    },
  });
}

const stranger: Unreadable = { ip: '10.0.0.77', port: 8080, field: 'weight', found: '"NaN"' };
const nobody: Unreadable = { port: 8080, field: 'ip', found: undefined };

/** The target's record without a weight that could be read. */
const unweighed = ({ items, unreadable }: View): View => ({
  items: items.filter(({ ip }) => ip !== '10.0.0.1'),
  unreadable: [
    ...unreadable,
    ...items
      .filter(({ ip }) => ip === '10.0.0.1')
      .map(({ ip, port }) => ({ ip, port, field: 'weight', found: 'null' })),
  ],
});

test('records of others that cannot be read hold up no rollout', async () => {
  const { run, place } = plainPlace(plainScenario(2));
  garbled(place, ({ items, unreadable }) => ({ items, unreadable: [...unreadable, stranger, nobody] }));
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.map(({ type }) => type)).not.toContain('node-lost');
  expect(isAllOn(place)).toBe(true);
});

test('a target that one node lists unreadably is not proven off: nothing is deployed, and we ask', async () => {
  const { run, place, began } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('write-began');
  garbled(place, unweighed, 'http://node-1');
  await rollout.untilStuck();
  const [first] = rollout.life.runner.rollout().targets;
  expect(first?.failure?.why).toMatchObject({ kind: 'not-read-back', node: 'http://node-1' });
  expect(rollout.events.map(({ type }) => type)).not.toContain('disabled');
  expect(began).toEqual([]);
});

test('a target that becomes unreadable in the drain is not gone, and not deployed until it can be read', async () => {
  const { run, place, began } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  let isGarbled = true;
  garbled(place, (view) => (isGarbled ? unweighed(view) : view));
  await rollout.untilEvent('drain-ended');
  await place.clock.advance(20_000);
  expect(rollout.events.map(({ type }) => type)).not.toContain('went-away');
  expect(began).toEqual([]);
  isGarbled = false;
  expect(await rollout.end()).toBe(0);
  expect(began).toEqual([target]);
});

test('a target that is unreadable and given to consumers is exposed, and goes off again', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('drain-began');
  let isGarbled = true;
  garbled(place, (view) => (isGarbled ? unweighed(view) : view));
  const [slot] = [...place.truth.slots.values()].filter(({ id }) => id.ip === '10.0.0.1');
  if (slot === undefined) throw new Error('it has no slot');
  place.truth.forget(slot);
  await rollout.untilEvent('exposed');
  await rollout.until(() => slot.override?.enabled === false);
  isGarbled = false;
  await rollout.untilEvent('exposure-ended');
  expect(await rollout.end()).toBe(0);
});

test('a new version that registers unreadably fails the check, and says what is wrong', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const rollout = run();
  await rollout.untilEvent('deploy-ended');
  garbled(place, unweighed);
  await rollout.untilStuck();
  const [first] = rollout.life.runner.rollout().targets;
  expect(first?.failure).toMatchObject({
    step: 'check',
    why: { kind: 'check', reading: { kind: 'unreadable', field: 'weight', found: 'null' } },
  });
  expect(await compareWithNacos(place.world.registry, rollout.life.runner.rollout())).toMatchObject([
    { kind: 'unreadable', instance: target, nodes: ['http://node-0', 'http://node-1'] },
  ]);
});

test('one whose record is mended while another is away is nobody new', async () => {
  const plain = plainScenario(1, (plan) => ({
    ...plan,
    targets: plan.targets.map((one) => ({ ...one, anyNew: { match: {} } })),
  }));
  const other = [instance('orders', 'DEFAULT_GROUP', 98, 8080)];
  const scenario = { ...plain, bystanders: [...plain.bystanders, other] };
  const { run, place } = plainPlace(scenario, (_process, _count, good) => good(20_000));
  const isOther = ({ ip }: { readonly ip: string }): boolean => ip === '10.0.0.98';
  let isGarbled = true;
  garbled(place, (view) => {
    const unread = view.items.filter(isOther).map(({ ip, port }) => ({ ip, port, field: 'weight' }));
    return isGarbled ? { items: view.items.filter((one) => !isOther(one)), unreadable: unread } : view;
  });
  const rollout = run();
  await rollout.untilEvent('went-away');
  isGarbled = false;
  expect(await rollout.end()).toBe(0);
  expect(rollout.events.map(({ type }) => type)).not.toContain('identified');
});

test('a list that is known to be incomplete is no list: nothing is written on its word, and the rollout goes on after it', async () => {
  const { run, place } = plainPlace(plainScenario(2));
  const real = { ...place.world.registry };
  const error = { kind: 'incomplete', path: '/list', found: 500, total: 600 } as const;
  let isWhole = true;
  Object.assign(place.world.registry, {
    instances: async (...[id, options]: Parameters<typeof real.instances>) =>
      !isWhole && options?.node === 'http://node-1' ? { ok: false, error } : real.instances(id, options),
  });
  const rollout = run();
  await rollout.untilEvent('enabled');
  isWhole = false;
  expect(await rollout.untilEvent('node-lost')).toMatchObject({ node: 'http://node-1', error });
  const written = (): number => rollout.events.filter(({ type }) => type === 'write-began').length;
  const before = written();
  await place.clock.advance(60_000);
  expect(written()).toBe(before);
  isWhole = true;
  expect(await rollout.end()).toBe(0);
});
