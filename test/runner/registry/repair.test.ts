import { expect, test } from 'vitest';
import { reportText } from '../../../src/cli/rollout/report-text.ts';
import { reportOf } from '../../../src/core/report/report.ts';
import { spoken } from '../../support/spoken.ts';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { type Rollout, leftByUs, offByUs } from '../../../src/core/rollout/rollout.ts';
import {
  type Repair,
  type RepairWish,
  type Repaired,
  repairRollout,
} from '../../../src/runner/registry/repair.ts';
import { type FakeRegistry, fakeRegistry } from '../../cli/support/fake-registry.ts';
import { leftOffEvents, planned, target } from '../../support/left-off-rollout.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { noEvidence } from '../../support/no-evidence.ts';

type Done = {
  readonly mended: readonly Repaired[];
  readonly closed: Repair['closed'];
  readonly registry: FakeRegistry;
  readonly rollout: Rollout;
  readonly events: readonly Event[];
};

async function mendWith(
  registry: FakeRegistry,
  wish: RepairWish,
  isDeployed = true,
  change: (event: Event) => Event | readonly Event[] = (event) => event,
): Promise<Done> {
  const clock = virtualClock();
  let rollout: Rollout | undefined;
  const events: Event[] = [];
  const happened = (event: Event): void => {
    events.push(event);
    rollout = apply(rollout, event);
  };
  const before = leftOffEvents('7f3a').filter(({ type }) => isDeployed || !type.startsWith('deploy-'));
  for (const [seq, event] of before.flatMap(change).entries()) happened({ ...event, seq });
  if (rollout === undefined) throw new Error('no event');
  const never = async () => ({ kind: 'never-began' }) as const;
  const good = async () => ({ kind: 'good', ms: 1 }) as const;
  const world = {
    clock,
    registry,
    commands: { obstacle: () => undefined, run: never, recover: never },
    probe: good,
    evidence: noEvidence,
    call: good,
  };
  const journal = { append: happened };
  const mending = repairRollout({ world, journal, rollout, directory: '/s', by: 'bob@bastion', ...wish });
  const { mended, closed } = await whileRunning(mending, () => clock.advance(1000));
  return { mended, closed, registry, rollout, events };
}

const gone = { isPuttingOn: false, gone: [target] };

test('what cannot be read is neither put on nor gone', async () => {
  const registry = fakeRegistry(planned.slice(1));
  const [first] = planned;
  if (first === undefined) throw new Error('nothing was planned');
  const { service, ip, port } = first;
  registry.unreadable = [{ service, ip, port, field: 'weight', found: '-1' }];
  expect((await mendWith(registry, gone)).mended).toEqual([{ target, kind: 'still-there' }]);
  expect((await mendWith(registry, { isPuttingOn: true, gone: [] }, false)).mended).toEqual([
    { target, kind: 'not-well', reading: { kind: 'unreadable', field: 'weight', found: '-1' } },
  ]);
  expect(registry.writes).toEqual([]);
});

test('what is gone for good is settled: no mark waits for who comes next, nothing is ours any more', async () => {
  const { mended, registry, rollout } = await mendWith(fakeRegistry(planned.slice(1)), gone);
  expect(mended).toEqual([{ target, kind: 'forgotten' }]);
  expect(registry.writes).toMatchObject([{ enabled: true, weight: 5, mode: 'absent' }]);
  expect(offByUs(rollout)).toEqual([]);
});

test('what is said to be gone and is listed stays as it is', async () => {
  const [first, ...others] = planned;
  if (first === undefined) throw new Error('nobody');
  const registry = fakeRegistry([{ ...first, enabled: false }, ...others]);
  const { mended, rollout } = await mendWith(registry, gone);
  expect(mended).toEqual([{ target, kind: 'still-there' }]);
  expect(registry.writes).toEqual([]);
  expect(offByUs(rollout)).toHaveLength(1);
});

test('what is away is forgotten only where a person said so', async () => {
  const { mended, registry } = await mendWith(fakeRegistry(planned.slice(1)), {
    isPuttingOn: true,
    gone: [],
  });
  expect(mended).toMatchObject([{ target, kind: 'half-deployed', isOpen: false }]);
  expect(registry.writes).toEqual([]);
});

test('of a deploy whose end is in no journal nobody says that it did not end well', async () => {
  const cutOff = (event: Event): Event =>
    event.type === 'deploy-ended' ? { ...event, result: { kind: 'lost' } } : event;
  const { mended, registry } = await mendWith(
    fakeRegistry(planned),
    { isPuttingOn: true, gone: [] },
    true,
    cutOff,
  );
  expect(mended).toMatchObject([{ target, kind: 'half-deployed', isOpen: true }]);
  expect(registry.writes).toEqual([]);
});

test('what is off in two clusters is put on in both; one that is ill there is not well', async () => {
  const [first, ...others] = planned;
  if (first === undefined) throw new Error('nobody');
  const off = { ...first, enabled: false };
  const twin = { ...off, cluster: 'C1', weight: 100 };
  const wish = { isPuttingOn: true, gone: [] };
  const { mended, registry } = await mendWith(fakeRegistry([off, twin, ...others]), wish, false);
  expect(mended).toEqual([{ target, kind: 'put-on' }]);
  expect(registry.list.filter(({ ip }) => ip === first.ip)).toMatchObject([
    { enabled: true, weight: first.weight },
    { enabled: true, weight: 100 },
  ]);
  const ill = await mendWith(fakeRegistry([off, { ...twin, healthy: false }, ...others]), wish, false);
  expect(ill.mended).toMatchObject([{ target, kind: 'not-well' }]);
  expect(ill.registry.writes).toEqual([]);
});

/** As if the target had a companion, and that were what is off. */
function ofCompanion(event: Event): Event {
  if ('registration' in event) return { ...event, registration: 1 };
  if (event.type !== 'rollout-planned') return event;
  const targets = event.plan.targets.map((one) =>
    one.name === target
      ? {
          ...one,
          registrations: one.registrations.flatMap((main) => [
            main,
            { ...main, service: 'dubbo', port: 20_880 },
          ]),
        }
      : one,
  );
  return { ...event, plan: { ...event.plan, targets } };
}

test('what of a target was off is named where that is not its own address', async () => {
  const [first, ...others] = planned;
  if (first === undefined) throw new Error('nobody');
  const companion = { ...first, service: 'dubbo', port: 20_880, enabled: false };
  const wish = { isPuttingOn: true, gone: [] };
  const registry = fakeRegistry([first, companion, ...others]);
  const { mended } = await mendWith(registry, wish, false, ofCompanion);
  expect(mended).toEqual([{ target, kind: 'put-on', only: ['dubbo 10.0.0.1:20880'] }]);
  expect(registry.writes).toMatchObject([{ enabled: true }]);
});

/** As if the target had a companion that is off with it. */
function withCompanion(event: Event): readonly Event[] {
  return 'registration' in event ? [event, { ...event, registration: 1 }] : [ofCompanion(event)];
}

test('only what was named is put on: a later rollout has the rest, and somebody took it off', async () => {
  const [first, ...others] = planned;
  if (first === undefined) throw new Error('nobody');
  const companion = { ...first, service: 'dubbo', port: 20_880, enabled: false };
  for (const [index, put] of [
    [0, first],
    [1, companion],
  ] as const) {
    const registry = fakeRegistry([{ ...first, enabled: false }, companion, ...others]);
    const wish = { isPuttingOn: true, gone: [], named: [{ target, index }] };
    const { mended, rollout, closed } = await mendWith(registry, wish, false, withCompanion);
    const only = index === 0 ? {} : { only: ['dubbo 10.0.0.1:20880'] };
    expect(mended).toEqual([{ target, kind: 'put-on', ...only }]);
    expect(registry.list.filter(({ ip, enabled }) => ip === first.ip && enabled)).toMatchObject([
      { service: put.service },
    ]);
    expect(leftByUs(rollout)).toMatchObject([{ registration: 1 - index }]);
    expect(closed).toBeUndefined();
  }
  const registry = fakeRegistry([{ ...first, enabled: false }, companion, ...others]);
  const none = { isPuttingOn: true, gone: [], named: [{ target: '10.0.0.2:8080', index: 0 }] };
  expect((await mendWith(registry, none, false, withCompanion)).mended).toEqual([]);
  expect(registry.writes).toEqual([]);
});

test('what later rollouts have keeps no rollout from ending', async () => {
  const [first, ...others] = planned;
  if (first === undefined) throw new Error('nobody');
  const taken = { ...first, service: 'dubbo', port: 20_880, enabled: false };
  const registry = fakeRegistry([{ ...first, enabled: false }, taken, ...others]);
  const wish = {
    isPuttingOn: true,
    gone: [],
    named: [{ target, index: 0 }],
    takenOver: [{ target, index: 1 }],
  };
  const standing = (event: Event): readonly Event[] =>
    event.type === 'rollout-ended' || event.type === 'decided' ? [] : withCompanion(event);
  const { mended, rollout, closed } = await mendWith(registry, wish, false, standing);
  expect(mended).toEqual([{ target, kind: 'put-on' }]);
  expect(rollout.ended).toMatchObject({ outcome: 'aborted' });
  expect(closed).toBeDefined();
  expect(registry.list.find(({ service }) => service === 'dubbo')?.enabled).toBe(false);
});

/** As if all were well with a new version that does without the companion, and the target was left off because of its check. */
function withoutCompanion(event: Event): readonly Event[] {
  const { v, seq, at, rollout } = event;
  const fact = { v, seq, at, rollout, target } as const;
  if (event.type === 'rollout-planned') return [ofCompanion(event)];
  if (event.type === 'deploy-ended') return [{ ...event, result: { kind: 'exited', code: 0 } }];
  if (event.type !== 'decided') return [event];
  const why = { kind: 'check', reading: { kind: 'unhealthy' }, afterMs: 1 } as const;
  return [
    { ...fact, type: 'dropped', registrations: [1] },
    { ...fact, type: 'step-failed', step: 'check', attempt: 1, ms: 1, why },
    event,
  ];
}

test('what the new version does without holds nobody up who is to be put on', async () => {
  const [first, ...others] = planned;
  if (first === undefined) throw new Error('nobody');
  const wish = { isPuttingOn: true, gone: [] };
  const registry = fakeRegistry([{ ...first, enabled: false }, ...others]);
  const { mended } = await mendWith(registry, wish, true, withoutCompanion);
  expect(mended).toEqual([{ target, kind: 'put-on' }]);
});

test('what doctor did is said of it, in the log and in the report: nobody decided or asked for it', async () => {
  const atDeploy = (event: Event): Event =>
    event.type === 'rollout-ended' || event.type === 'decided'
      ? { ...event, type: 'continued', by: 'ann@bastion' }
      : event;
  const wish = { isPuttingOn: true, gone: [] };
  const { events, rollout } = await mendWith(fakeRegistry(planned), wish, false, atDeploy);
  const did = events.filter(({ type }) => type === 'decided' || type === 'abort-asked');
  expect(did).toMatchObject([
    { type: 'decided', via: 'doctor' },
    { type: 'abort-asked', via: 'doctor' },
  ]);
  const text = reportText(reportOf(rollout, events), spoken.en, () => '').join('\n');
  expect(text).toContain('doctor: put it on as it is (bob@bastion)');
  expect(text).toContain('doctor: abort, leaving all as it is (bob@bastion)');
  expect(text).not.toContain('decided:');
});
