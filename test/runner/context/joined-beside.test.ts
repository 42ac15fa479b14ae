import { expect, test } from 'vitest';
import type { Target } from '../../../src/core/plan/plan.ts';
import type { Performance } from '../../simulation/world/simulated-commands.ts';
import { instance, registrationOf } from '../../simulation/scenario/scenario.ts';
import { seenOf } from '../../simulation/world/ground-truth.ts';
import { type PlainRun, isAllOn, plainPlace, plainScenario } from '../../simulation/run-plain.ts';

const provider = (name: string, host: number) => instance(`providers:${name}`, 'DUBBO_GROUP', host, 20_880);
const pattern = { group: 'DUBBO_GROUP', service: 'providers:*' };

/** Targets with two providers each; their new version has `after`. A bystander keeps each service above its minimum. */
function placeOf(
  foundBy: Target['foundBy'],
  after: readonly string[],
  count = 1,
  manners = {},
  awayMs = 3000,
  first: Partial<Performance> = {},
) {
  const before = ['a', 'b'];
  const scenario = plainScenario(count, (plan) => ({
    ...plan,
    targets: plan.targets.map((target, index) => ({
      ...target,
      ...manners,
      registrations: [
        ...target.registrations,
        ...before.map((name) => registrationOf(provider(name, index + 1))),
      ],
      ...(foundBy && { foundBy }),
    })),
  }));
  const bystanders = [...scenario.bystanders, ...before.map((name) => [provider(name, 99)])];
  const made = plainPlace({ ...scenario, bystanders, remembers: awayMs > 1000 }, (process, times, good) => {
    const { truth } = made.place;
    const [main] = process.slots;
    process.nextSlots = [
      ...(main === undefined ? [] : [main]),
      ...after.map((name) => truth.slotOf(provider(name, Number(main?.id.ip.split('.').at(-1))))),
    ];
    const performance = { ...good(awayMs), lastsMs: awayMs < 1000 ? 40_000 : 4000 };
    return times === 1 ? { ...performance, ...first } : performance;
  });
  return made;
}

const types = (run: PlainRun): readonly string[] => run.events.map(({ type }) => type);

test.each<[string, Target['foundBy']]>([
  ['a pattern', [pattern]],
  ['process', ['process']],
  ['ip', ['ip']],
])(
  'what the new version registers besides is kept out until the check is good, by %s',
  async (_name, foundBy) => {
    const { run, place } = placeOf(foundBy, ['a', 'b', 'c']);
    const rollout = run();
    const joined = await rollout.untilEvent('joined');
    expect(joined.registrations).toMatchObject([{ ...provider('c', 1), weight: 5, wasEnabled: true }]);
    expect(await rollout.untilEvent('exposed')).toMatchObject({ registration: 3, wasAway: true });
    await rollout.untilEvent('check-passed');
    const slot = place.truth.slotOf(provider('c', 1));
    const at = (type: string, about: object): number =>
      rollout.events.findIndex((event) => expect.objectContaining({ type, ...about }).asymmetricMatch(event));
    const isOff = { registration: 3, enabled: false };
    expect(at('write-began', { ...isOff, purpose: 'keep-out' })).toBeGreaterThan(at('joined', {}));
    expect(at('read-back', isOff)).toBeGreaterThan(0);
    expect(at('read-back', isOff)).toBeLessThan(at('check-passed', {}));
    expect(await rollout.end()).toBe(0);
    expect(slot.override?.enabled ?? true).toBe(true);
    expect(isAllOn(place)).toBe(true);
    expect(types(rollout)).not.toContain('drain-prolonged');
  },
);

test('when something of it is seen on during a long command, newcomers are looked for soon', async () => {
  const { run, place } = placeOf([pattern], ['a', 'b', 'c'], 1, {}, 300);
  const rollout = run();
  await rollout.untilEvent('deploy-began');
  const began = place.clock.monotonic();
  await rollout.untilEvent('joined');
  expect(place.clock.monotonic() - began).toBeLessThan(4000);
});

test('what a command that failed brought up is off and drained before the next try', async () => {
  const { run, place } = placeOf([pattern], ['a', 'b', 'c'], 1, {}, 2500, { lastsMs: 3700, code: 1 });
  const rollout = run();
  const isOnAt: unknown[] = [];
  rollout.life.runner.follow(({ type }) => {
    if (type === 'deploy-began') isOnAt.push(seenOf(place.truth.slotOf(provider('c', 1)))?.enabled);
  });
  await rollout.untilStuck();
  rollout.life.runner.submit({ type: 'decide', target: '10.0.0.1:8080', decision: 'retry' }, 'ann@here');
  await rollout.untilEvent('deploy-began', 2);
  expect(isOnAt).toEqual([undefined, false]);
  expect(types(rollout).filter((type) => type === 'drain-ended')).toHaveLength(2);
});

test('where the plan names its companions, nothing is looked for', async () => {
  const { run } = placeOf(undefined, ['a', 'b', 'c']);
  const rollout = run();
  expect(await rollout.end()).toBe(0);
  expect(types(rollout)).not.toContain('joined');
});

test('after a crash, what has joined is known, kept out and put on', async () => {
  const { run, place } = placeOf([pattern], ['a', 'b', 'c']);
  const first = run();
  await first.untilEvent('joined');
  first.life.die();
  const second = run({ isResumed: true });
  expect(await second.end()).toBe(0);
  expect(types(second)).not.toContain('joined');
  expect(isAllOn(place)).toBe(true);
});

test("what is off beside it before the deploy is somebody else's, also when that one puts it on", async () => {
  const { run, place } = placeOf(['ip'], ['a', 'b']);
  const slot = place.truth.slotOf(provider('theirs', 1));
  const write = (enabled: boolean) =>
    place.truth.write(slot, { enabled, weight: 5 }, 'person', enabled ? 'flip' : 'click');
  place.truth.register(slot, { weight: 5, metadata: {}, isHealthy: true });
  write(false);
  const rollout = run();
  await rollout.untilEvent('deploy-began');
  write(true);
  expect(await rollout.end()).toBe(0);
  expect(types(rollout)).not.toContain('joined');
});

test('also where it could not be read for a while who is off beside it', async () => {
  const { run, place } = placeOf(['ip'], ['a', 'b']);
  const slot = place.truth.slotOf(provider('theirs', 1));
  const write = (enabled: boolean) =>
    place.truth.write(slot, { enabled, weight: 5 }, 'person', enabled ? 'flip' : 'click');
  place.truth.register(slot, { weight: 5, metadata: {}, isHealthy: true });
  write(false);
  const { registry } = place.world;
  const services = registry.services.bind(registry);
  const error = { kind: 'timeout', address: '', afterMs: 5000, wasSent: true } as const;
  let failures = 0;
  const failing: typeof services = async (...asked) =>
    failures-- > 0 ? { ok: false, error } : services(...asked);
  Object.assign(registry, { services: failing });
  const rollout = run();
  await rollout.untilEvent('disabled');
  failures = 2;
  await rollout.untilEvent('deploy-began');
  write(true);
  expect(await rollout.end()).toBe(0);
  expect(types(rollout)).not.toContain('joined');
});

test('what the new version does without is told, and nobody waits for it', async () => {
  const { run, place } = placeOf([pattern], ['b']);
  const rollout = run();
  expect(await rollout.untilEvent('dropped')).toMatchObject({ registrations: [1] });
  expect(await rollout.end()).toBe(0);
  const gone = place.truth.slotOf(provider('a', 1));
  expect({ registered: gone.registered, isOff: gone.override?.enabled === false }).toEqual({
    registered: undefined,
    isOff: false,
  });
});

test('a companion that the plan names has to come back', async () => {
  const { run } = placeOf(undefined, ['b']);
  const rollout = run();
  await rollout.untilStuck();
  expect(await rollout.untilEvent('step-failed')).toMatchObject({
    step: 'check',
    why: { kind: 'check', reading: { kind: 'not-registered' } },
  });
});

test('of a machine all has to come back, though it was found by its ip', async () => {
  const { run } = placeOf(['ip'], ['b'], 1, { isMachine: true });
  const rollout = run();
  await rollout.untilStuck();
  expect(types(rollout)).not.toContain('dropped');
  expect(await rollout.untilEvent('step-failed')).toMatchObject({
    step: 'check',
    why: { kind: 'check', reading: { kind: 'not-registered' } },
  });
  const whole = placeOf(['ip'], ['a', 'b'], 1, { isMachine: true });
  expect(await whole.run().end()).toBe(0);
  expect(isAllOn(whole.place)).toBe(true);
});

const post = (path: string) => ({ method: 'POST', url: `http://{ip}:{port}/${path}` });
const callsOut = { leave: { call: post('leave'), isInstead: false }, back: post('back') };

test('it is kept out too where its target was left off while it was to come on', async () => {
  const { run, place } = placeOf(['ip'], ['a', 'b'], 2, callsOut);
  const [name = ''] = place.processes.keys();
  const rollout = run();
  // It is called back no more.
  rollout.life.runner.follow(({ type }) => {
    const process = place.processes.get(name);
    if (type === 'check-passed' && process !== undefined) process.isAnswering = false;
  });
  await rollout.untilStuck();
  expect(await rollout.untilEvent('step-failed')).toMatchObject({ step: 'enable', why: { kind: 'call' } });
  rollout.life.runner.submit({ type: 'decide', target: name, decision: 'leave-off' }, 'ann@here');
  const slot = place.truth.slotOf(provider('c', 1));
  place.truth.register(slot, { weight: 5, metadata: {}, isHealthy: true });
  expect(await rollout.untilEvent('joined')).toMatchObject({ registrations: [provider('c', 1)] });
});
