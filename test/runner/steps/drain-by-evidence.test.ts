import { expect, test } from 'vitest';
import type { Drain } from '../../../src/core/plan/plan.ts';
import { type CallerSpell, type Scenario } from '../../simulation/scenario/scenario.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';

const presetMs = 20_000;
const limits = { floorMs: 2000, ceilingMs: 60_000, certainty: 0.999 } as const;
const perCaller = { kind: 'connections' } as const;
const total = { kind: 'json', url: 'http://{ip}/', path: 'calls' } as const;

const gateway: CallerSpell = {
  address: '10.9.0.1',
  perSecond: 20,
  listMs: 17_000,
  firstFetchMs: 9000,
  fromMs: 0,
  isHidden: false,
};

function scenario(callers: readonly CallerSpell[], drain: Partial<Drain['watch']> = {}): Scenario {
  const watch = { evidence: [perCaller], ...limits, ...drain };
  const plain = plainScenario(1, (plan) => ({
    ...plan,
    targets: plan.targets.map((target) => ({ ...target, drain: { ms: presetMs, watch } })),
  }));
  return { ...plain, callers };
}

/** Nothing that is asked while it is lost is answered. */
function losableEvidence(place: ReturnType<typeof plainPlace>['place']): { isLost: boolean } {
  const world = place.world as { -readonly [Name in keyof typeof place.world]: (typeof place.world)[Name] };
  const { evidence } = world;
  const source = { isLost: false };
  world.evidence = async (...given) =>
    source.isLost ? { kind: 'failed', why: { kind: 'timed-out', afterMs: 2000 } } : evidence(...given);
  return source;
}

test('it ends soon after the last call, long before the time of its preset', async () => {
  const { run } = plainPlace(scenario([gateway]));
  const rollout = run();
  const ended = await rollout.untilEvent('drain-ended');
  expect(ended).toMatchObject({ endedBy: 'quiet', certainty: 0.999, calls: { doubts: [] } });
  const [caller] = ended.calls?.callers ?? [];
  expect(caller).toMatchObject({ caller: '10.9.0.1', source: 'connections' });
  expect(caller?.callsSince).toBeGreaterThan(0);
  expect(ended.ms - (caller?.lastMs ?? 0)).toBeLessThan(3000);
  expect(ended.ms).toBeLessThan(presetMs - 5000);
  expect(await rollout.end()).toBe(0);
});

test('where callers cannot be told apart, two of them have the time of the preset', async () => {
  const { run } = plainPlace(scenario([gateway, { ...gateway, address: '10.9.0.2' }], { evidence: [total] }));
  const ended = await run().untilEvent('drain-ended');
  expect(ended).toMatchObject({ endedBy: 'time', calls: { doubts: ['several-consumers'] } });
  expect(ended.ms).toBeGreaterThanOrEqual(presetMs);
});

test('while calls arrive it goes on beyond the preset', async () => {
  const { run } = plainPlace(scenario([{ ...gateway, listMs: 30_000, firstFetchMs: 29_000 }]));
  const rollout = run();
  const prolonged = await rollout.untilEvent('drain-prolonged');
  expect(prolonged).toMatchObject({
    attempt: 1,
    ceilingMs: limits.ceilingMs,
    active: 0,
    callers: [{ caller: '10.9.0.1', source: 'connections' }],
  });
  expect(prolonged.ms).toBeGreaterThanOrEqual(presetMs);
  expect(prolonged.ms).toBeLessThan(presetMs + 1000);
  expect(prolonged.perSecond).toBeGreaterThan(1);
  const ended = await rollout.untilEvent('drain-ended');
  expect(ended.endedBy).toBe('quiet');
  expect(ended.ms).toBeGreaterThan(presetMs);
  expect(ended.ms).toBeLessThan(33_000);
});

test('at the ceiling somebody decides, and may let the deploy begin all the same', async () => {
  const endless = { ...gateway, listMs: 900_000, firstFetchMs: 900_000 };
  const { run } = plainPlace(scenario([endless]), (_process, _count, good) => ({ ...good(), delayMs: 2000 }));
  const rollout = run();
  await rollout.untilStuck();
  const prolonged = rollout.events.flatMap((event) => (event.type === 'drain-prolonged' ? [event.ms] : []));
  expect(prolonged.map((ms) => Math.floor(ms / 10_000))).toEqual([2, 5]);
  expect(rollout.events.filter(({ type }) => type === 'step-failed')).toMatchObject([
    { step: 'drain', why: { kind: 'still-called', calls: { callers: [{ caller: '10.9.0.1' }] } } },
  ]);
  expect(rollout.events.map(({ type }) => type)).not.toContain('deploy-began');
  const [target = ''] = rollout.life.runner.rollout().targets.map(({ name }) => name);
  expect(rollout.life.runner.submit({ type: 'decide', target, decision: 'take-as-done' }, 'me')).toBe(
    undefined,
  );
  await rollout.untilEvent('deploy-began');
  expect(await rollout.untilEvent('called-after-drain')).toMatchObject({ source: 'connections' });
  expect(await rollout.end()).toBe(0);
});

test('drained once more it waits once more', async () => {
  const { run } = plainPlace(scenario([{ ...gateway, listMs: 90_000, firstFetchMs: 90_000 }]));
  const rollout = run();
  await rollout.untilStuck();
  const [target = ''] = rollout.life.runner.rollout().targets.map(({ name }) => name);
  rollout.life.runner.submit({ type: 'decide', target, decision: 'retry' }, 'me');
  expect(await rollout.untilEvent('drain-ended')).toMatchObject({ attempt: 2, endedBy: 'quiet' });
});

test('what cannot be read is said once, and the preset holds', async () => {
  const { run, place } = plainPlace(scenario([gateway]));
  const source = losableEvidence(place);
  const rollout = run();
  await rollout.untilEvent('drain-began');
  source.isLost = true;
  await rollout.untilEvent('evidence-lost');
  source.isLost = false;
  await rollout.untilEvent('evidence-returned');
  const ended = await rollout.untilEvent('drain-ended');
  expect(ended).toMatchObject({ endedBy: 'time', calls: { doubts: ['not-watched'] } });
  expect(ended.ms).toBeGreaterThanOrEqual(presetMs);
  expect(rollout.events.filter(({ type }) => type === 'evidence-lost')).toHaveLength(1);
});

test('that a source is lost for a moment at the end of the preset does not let a deploy begin while calls arrive', async () => {
  const { run, place } = plainPlace(scenario([{ ...gateway, listMs: 30_000, firstFetchMs: 29_000 }]));
  const source = losableEvidence(place);
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const beganMs = place.clock.monotonic();
  await rollout.until(() => place.clock.monotonic() - beganMs >= presetMs - 200);
  source.isLost = true;
  await rollout.untilEvent('evidence-lost');
  source.isLost = false;
  const ended = await rollout.untilEvent('drain-ended');
  expect(ended).toMatchObject({ calls: { doubts: ['not-watched'], callers: [{ caller: '10.9.0.1' }] } });
  expect(ended.ms).toBeGreaterThan((ended.calls?.callers[0]?.lastMs ?? 0) + 500);
  expect(ended.ms).toBeGreaterThan(presetMs + 1000);
});

test('what was seen before a source was lost for good is still told', async () => {
  const { run, place } = plainPlace(scenario([gateway]));
  const source = losableEvidence(place);
  const rollout = run();
  await rollout.untilEvent('drain-began');
  source.isLost = true;
  const ended = await rollout.untilEvent('drain-ended');
  expect(ended).toMatchObject({ endedBy: 'time', calls: { doubts: ['not-watched'] } });
  const [caller] = ended.calls?.callers ?? [];
  expect(caller).toMatchObject({ caller: '10.9.0.1', source: 'connections' });
  expect(caller?.perSecond).toBeGreaterThan(1);
  expect(caller?.neededMs).toBeUndefined();
  const counts = ended.calls?.perSecond.counts ?? [];
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1);
  expect((ended.calls?.perSecond.fromMs ?? 0) + counts.length * 1000).toBeLessThanOrEqual(2000);
});

test('whoever extends it gets the time that was asked for', async () => {
  const { run } = plainPlace(scenario([gateway]));
  const rollout = run();
  const { target } = await rollout.untilEvent('drain-began');
  rollout.life.runner.submit({ type: 'extend-drain', target, byMs: 15_000 }, 'me');
  const ended = await rollout.untilEvent('drain-ended');
  expect(ended.ms).toBeGreaterThanOrEqual(15_000 + limits.floorMs);
});

test('a runner that did not see what was before has no evidence', async () => {
  const { run } = plainPlace(scenario([gateway]));
  const first = run({ death: { line: 'whole', afterMs: 9000 } });
  expect(await first.end()).toBe('died');
  const ended = await run({ isResumed: true }).untilEvent('drain-ended');
  expect(ended.endedBy).toBe('time');
  expect(ended.calls?.doubts).toHaveLength(1);
});

test('what we ask the instance after its drain is nobody’s call, and what comes beside it is', async () => {
  const changed = { kind: 'url', url: 'http://{ip}/info' } as const;
  const of = (extra: number): Promise<readonly string[]> => {
    const plain = scenario([{ ...gateway, listMs: 5000, firstFetchMs: 5000 }], { evidence: [total] });
    const targets = plain.plan.targets.map((target) => ({ ...target, check: { ...target.check, changed } }));
    const { place, run } = plainPlace(
      { ...plain, plan: { ...plain.plan, targets } },
      (_process, _count, good) => ({
        ...good(),
        delayMs: 4000,
      }),
    );
    const world = place.world as { -readonly [Name in keyof typeof place.world]: (typeof place.world)[Name] };
    const { evidence } = world;
    let asked = 0;
    world.probe = async () => {
      await place.clock.sleep(50);
      asked += 1;
      return { kind: 'good', ms: 1, value: String(asked) };
    };
    world.evidence = async (...given) => {
      const told = await evidence(...given);
      if (told.kind !== 'read' || asked === 0) return told;
      const counters = told.reading.counters.map((one) => ({ ...one, value: one.value + 1 + extra }));
      return { kind: 'read', reading: { ...told.reading, counters } };
    };
    const rollout = run();
    return rollout.end().then(() => {
      expect(asked).toBeGreaterThan(0);
      return rollout.events.flatMap((event) =>
        event.type === 'called-after-drain' ? [String(event.count)] : [],
      );
    });
  };
  expect(await of(0)).toEqual([]);
  expect(await of(2)).toEqual(['2']);
});
