import type { Evidence } from '../../../src/core/drain/evidence.ts';
import type { Target } from '../../../src/core/plan/plan.ts';
import type { Random } from './random.ts';
import type { Pool } from '../world/simulated-connections.ts';
import type { CallerSpell, Scenario, SourceSpell } from './scenario.ts';

/** Spring Cloud's proportions: a list that lives 35 s, and a preset of 40 s. */
const listShare = 0.85;

/**
 * In some runs consumers call, from lists that they fetch anew every while, and the drain looks whether they still do.
 * Drawn apart from the rest, so that a kept seed stays the run that it was.
 */
export function withCallers(scenario: Scenario, random: Random): Scenario {
  if (scenario.isMoving || scenario.isRespelling || !random.chance(0.3)) return scenario;
  const drawnMs = random.pick([4000, 10_000, 20_000, 40_000]);
  const isPerCaller = random.chance(0.6);
  const callers = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, (_, index) =>
    drawCaller(random, index, drawnMs),
  );
  const isClear = random.chance(0.5);
  const presetMs = isClear ? Math.max(drawnMs, clearPresetMs) : drawnMs;
  const watch: Omit<NonNullable<Target['drain']['watch']>, 'evidence'> = {
    floorMs: random.pick([0, 1000, 2000]),
    ceilingMs: Math.max(presetMs, random.pick([30_000, 60_000, 180_000])),
    certainty: random.pick([0.9, 0.99, 0.999]),
  };
  const evidence = drawEvidence(random, isPerCaller || isClear);
  const drain = { ms: presetMs, watch: { ...watch, evidence } };
  return {
    ...scenario,
    plan: {
      ...scenario.plan,
      targets: scenario.plan.targets.map((target) => ({ ...target, drain })),
    },
    callers: callers.map((caller) =>
      isClear ? clear(caller, random, presetMs) : { ...caller, pool: drawPool(random) },
    ),
    callerSeed: random.int(0, 2 ** 31),
    ...(!isClear && { source: drawSource(random) }),
  };
}

const clearPresetMs = 20_000;

/** One that nothing hides, and that holds its list for long: here the rule alone decides. */
function clear(caller: CallerSpell, random: Random, presetMs: number): CallerSpell {
  const listMs = Math.round(presetMs * listShare);
  return {
    ...caller,
    perSecond: 10 ** (-0.5 + 1.5 * random.float()),
    listMs,
    firstFetchMs: random.int(0, listMs),
    fromMs: 0,
    isHidden: false,
  };
}

const total: Evidence = { kind: 'json', url: 'http://{ip}/', path: 'calls' };

function drawEvidence(random: Random, isPerCaller: boolean): readonly Evidence[] {
  const kind = random.float();
  if (!isPerCaller) return [total];
  if (kind < 0.25) return [{ kind: 'command', run: './calls' }];
  return kind < 0.9 ? [{ kind: 'connections' }] : [{ kind: 'connections' }, total];
}

/** Some keep their connections open, some open one for each call: that is seen by who looks at that very moment. */
function drawPool(random: Random): Pool {
  const keepAliveMs = random.pick([3_600_000, 3_600_000, 60_000, 3000, 50]);
  return { size: random.pick([1, 1, 2, 4]), keepAliveMs };
}

/** Most answer at once and each time. */
function drawSource(random: Random): SourceSpell {
  return { slowMs: random.pick([0, 0, 0, 20, 400]), failing: random.pick([0, 0, 0, 0.002, 0.03]) };
}

function drawCaller(random: Random, index: number, presetMs: number): CallerSpell {
  const isStubborn = random.chance(0.1);
  const listMs = Math.round(presetMs * (isStubborn ? 1.5 + random.float() : listShare * random.float()));
  return {
    address: `10.9.0.${index + 1}`,
    perSecond: 10 ** (-2 + 4 * random.float()),
    listMs,
    firstFetchMs: random.int(0, listMs),
    fromMs: random.chance(0.15) ? random.int(1000, 60_000) : 0,
    isHidden: random.chance(0.08),
  };
}
