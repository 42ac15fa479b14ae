import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Fact } from '../../../src/core/event/event.ts';
import type { Plan, Registration, Target } from '../../../src/core/plan/plan.ts';
import { rollBackPlan } from '../../../src/core/roll-back/roll-back-plan.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import type { Instance } from '../../../src/core/registry/service.ts';
import { reachedAt } from '../../support/reached.ts';
import { plainScenario } from '../../simulation/run-plain.ts';

const names = ['10.0.0.1:8080', '10.0.0.2:8080', '10.0.0.3:8080'] as const;
const [first, second, third] = names;
const rollback = { run: './rollback.sh', timeoutMs: 60_000 };

function planOfThree(change: (target: Target) => Target = (one) => ({ ...one, rollback })): Plan {
  return plainScenario(3, (plan) => ({
    ...plan,
    maxFailures: 1,
    deadline: { afterMs: 1 },
    targets: plan.targets.map(change),
  })).plan;
}

function rolloutOf(plan: Plan, facts: readonly Fact[]): Rollout {
  const planned: Fact = {
    type: 'rollout-planned',
    plan,
    by: 'ann@bastion',
    reached: reachedAt('http://a:8848'),
    world: 'real',
    isAttended: false,
    nodes: ['http://a:8848'],
    workingDirectory: '/srv',
  };
  let rollout: Rollout | undefined;
  for (const [seq, fact] of [planned, ...facts].entries())
    rollout = apply(rollout, {
      v: 1,
      seq,
      at: '2026-11-21T20:00:00.000Z',
      rollout: '7f3a',
      ...fact,
    });
  if (rollout === undefined) throw new Error('no event');
  return rollout;
}

const taken = (target: string): readonly Fact[] => [
  {
    type: 'write-began',
    target,
    registration: 0,
    enabled: false,
    weight: 5,
    purpose: 'disable',
    request: { method: 'PUT', url: 'http://a/x', hasToken: false },
  },
  { type: 'read-back', target, registration: 0, enabled: false, nodes: [] },
  { type: 'deploy-began', target, attempt: 1, command: './redeploy.sh', directory: `commands/${target}` },
];
const exited = (target: string, code: number): Fact => ({
  type: 'deploy-ended',
  target,
  attempt: 1,
  ms: 5,
  result: { kind: 'exited', code },
});
const done = (target: string): readonly Fact[] => [
  ...taken(target),
  exited(target, 0),
  { type: 'check-passed', target, attempt: 1, ms: 5, isRestarted: true },
  { type: 'read-back', target, registration: 0, enabled: true, nodes: [] },
  { type: 'enabled', target, attempt: 1, ms: 5 },
];

/** What Nacos lists now: as it was planned, with the new version. */
function listing(plan: Plan, change: (one: Instance) => Instance | undefined = (one) => one) {
  const all = plan.targets
    .flatMap(({ registrations }) => registrations)
    .flatMap(({ wasEnabled, ...one }) => change({ ...one, enabled: wasEnabled, healthy: true }) ?? []);
  const renewed = all.map((one) => ({ ...one, metadata: { version: '2' } }));
  return (service: { service: string }): readonly Instance[] =>
    renewed.filter((one) => one.service === service.service);
}

function made(rollout: Rollout, lists: ReturnType<typeof listing>) {
  const answer = rollBackPlan(rollout, lists);
  if (!answer.ok) throw new Error(answer.problem.kind);
  return answer;
}

test('what was deployed is taken back in reverse, with the rollback command, and what was not is left alone', () => {
  const plan = planOfThree();
  const rollout = rolloutOf(plan, [...done(first), ...done(second)]);
  const { plan: back } = made(rollout, listing(plan));
  expect(back.targets.map(({ name, batch }) => [name, batch])).toEqual([
    [second, 0],
    [first, 1],
  ]);
  for (const target of back.targets) {
    expect(target).toMatchObject({ deploy: rollback, registrations: [{ metadata: { version: '2' } }] });
    expect(target.rollback).toBeUndefined();
  }
  expect(back).toMatchObject({ rollsBack: '7f3a', minimums: plan.minimums });
  expect([back.maxFailures, back.deadline, back.gates]).toEqual([undefined, undefined, undefined]);
});

test.each([
  ['listed as off', (one: Instance) => ({ ...one, enabled: false }), 'off', 2],
  ['not listed', () => undefined, 'away', 1],
] as const)('what it left off is to be on in the end: %s', (_, change, left, version) => {
  const plan = planOfThree();
  const rollout = rolloutOf(plan, [...done(first), ...taken(second), exited(second, 1)]);
  const lists = listing(plan, (one) => (one.ip === '10.0.0.2' ? change(one) : one));
  const { plan: back } = made(rollout, lists);
  expect(back.targets.map(({ name }) => name)).toEqual([second, first]);
  expect(back.targets[0]?.registrations).toMatchObject([
    { wasEnabled: true, left, metadata: { version: String(version) } },
  ]);
  const begun = rolloutOf(back, []);
  expect(begun.targets[0]?.registrations[0]).toMatchObject({
    mark: 'off',
    wasOff: false,
    isAway: left === 'away',
  });
  expect(begun.targets[1]?.registrations[0]).toMatchObject({ mark: 'untouched' });
});

test('what has a part of its weight is to have all of it', () => {
  const plan = planOfThree();
  const [enabling] = taken(first).map((fact) => ({ ...fact, enabled: true, weight: 0.5, fullWeight: 5 }));
  const rollout = rolloutOf(plan, [...taken(first), exited(first, 0), enabling as Fact]);
  const { plan: back } = made(
    rollout,
    listing(plan, (one) => ({ ...one, weight: 0.5 })),
  );
  expect(back.targets[0]?.registrations).toMatchObject([{ weight: 5, parts: [0.5] }]);
});

test('what somebody put on meanwhile is on, and what somebody else took off stays off', () => {
  const plan = planOfThree();
  const rollout = rolloutOf(plan, [...done(first), ...taken(second), exited(second, 1)]);
  const lists = listing(plan, (one) => (one.ip === '10.0.0.1' ? { ...one, enabled: false } : one));
  const [of2, of1] = made(rollout, lists).plan.targets.map(({ registrations }) => registrations[0]);
  expect([of2?.wasEnabled, of2?.left]).toEqual([true, undefined]);
  expect([of1?.wasEnabled, of1?.left]).toEqual([false, undefined]);
});

test('what the new version says of itself is not asked of the old one', () => {
  const plan = planOfThree((target) => ({
    ...target,
    rollback,
    anyNew: { match: { version: '2' } },
    check: { ...target.check, changed: { kind: 'metadata', key: 'version', to: '2' } },
  }));
  const [target] = made(rolloutOf(plan, done(first)), listing(plan)).plan.targets;
  expect(target?.anyNew).toEqual({ match: {} });
  expect(target?.check.changed).toEqual({ kind: 'metadata', key: 'version' });
});

test.each([
  ['nothing was deployed', planOfThree(), [], { kind: 'nothing-deployed' }],
  ['there is no command', planOfThree((one) => one), done(first), { kind: 'no-command', targets: [first] }],
  ['one still runs', planOfThree(), taken(third), { kind: 'deploy-running', targets: [third] }],
] as const)('none where %s', (_, plan, facts, problem) => {
  expect(rollBackPlan(rolloutOf(plan, facts), listing(plan))).toEqual({ ok: false, problem });
});

/** The new version registers another interface. */
function withJoined(extra: readonly Instance[] = []) {
  const plan = planOfThree((target) => ({ ...target, rollback, foundBy: ['ip'] }));
  const added = (target: string): Registration => ({
    ...(plan.targets.find(({ name }) => name === target)?.registrations[0] as Registration),
    service: 'providers:new',
  });
  const joined = [first, second].map(
    (target): Fact => ({ type: 'joined', target, registrations: [added(target)] }),
  );
  const rollout = rolloutOf(plan, [...done(first), ...done(second), ...joined]);
  const interfaces = [first, second].map((target) => {
    const { wasEnabled: enabled, ...one } = added(target);
    return { ...one, enabled, healthy: true };
  });
  const usual = listing(plan);
  const lists = (service: { service: string }): readonly Instance[] =>
    service.service === 'providers:new' ? [...interfaces, ...extra] : usual(service);
  return made(rollout, lists);
}

test('a service that came with the rollout alone goes with it, and is not counted', () => {
  const { plan, vanishing } = withJoined();
  expect(plan.targets.map(({ registrations }) => registrations.length)).toEqual([2, 2]);
  expect(vanishing).toEqual(['providers:new']);
  expect(plan.overrides).toContain('providers:new');
});

test('one that others have too is counted', () => {
  const other: Instance = {
    namespace: 'public',
    group: 'DEFAULT_GROUP',
    service: 'providers:new',
    cluster: 'DEFAULT',
    ip: '10.9.9.9',
    port: 1,
    weight: 1,
    metadata: {},
    ephemeral: true,
    enabled: true,
    healthy: true,
  };
  expect(withJoined([other])).toMatchObject({ vanishing: [] });
});

/** A provider beside the second instance, which the new version does without. */
function withProvider(facts: readonly Fact[], lists?: (one: Instance) => Instance | undefined) {
  const provider = (one: Registration): Registration => ({ ...one, service: 'providers:old', port: 20_880 });
  const plan = planOfThree((target) => {
    const [main] = target.registrations as [Registration];
    return { ...target, rollback, registrations: [main, provider(main)] };
  });
  const back = made(rolloutOf(plan, facts), listing(plan, lists)).plan;
  return back.targets.find(({ name }) => name === second)?.registrations;
}

const without = (one: Instance): Instance | undefined => (one.port === 20_880 ? undefined : one);
const dropped: Fact = { type: 'dropped', target: second, registrations: [1] };

test('what failed and did without a companion has it again in the end: it is kept out when it comes back', () => {
  const failed = [...taken(second), exited(second, 0), dropped];
  expect(withProvider(failed, (one) => without({ ...one, enabled: false }))).toMatchObject([
    { port: 8080, left: 'off' },
    { port: 20_880, wasEnabled: true, left: 'away' },
  ]);
});

test('beside one that is on it is looked for when it comes: nothing of that counts as off before', () => {
  expect(withProvider([...done(second), dropped], without)).toMatchObject([{ port: 8080 }]);
});

test('a write whose end is not known may still be applied: the plan says so, and no enable comes before it', () => {
  const [began, _off, deploy] = taken(second) as [Fact, Fact, Fact];
  const plan = planOfThree();
  const back = made(rolloutOf(plan, [began, deploy, exited(second, 1)]), listing(plan)).plan;
  expect(back.targets[0]?.registrations[0]).toMatchObject({ isUnsettled: true });
  const [state] = rolloutOf(back, []).targets[0]?.registrations ?? [];
  expect(state).toMatchObject({ isUnsettled: true, isCutOff: true });
});
