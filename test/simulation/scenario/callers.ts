import type { Evidence } from '../../../src/core/drain/evidence.ts';
import type { Target } from '../../../src/core/plan/plan.ts';
import type { Random } from './random.ts';
import type { CallerSpell, Scenario } from './scenario.ts';

/** Spring Cloud's proportions: a list that lives 35 s, and a preset of 40 s. */
const listShare = 0.85;

/**
 * In some runs consumers call, from lists that they fetch anew every while, and the drain looks whether they still do.
 * Drawn apart from the rest, so that a kept seed stays the run that it was.
 */
export function withCallers(scenario: Scenario, random: Random): Scenario {
  if (scenario.isMoving || scenario.isRespelling || !random.chance(0.3)) return scenario;
  const presetMs = random.pick([4000, 10_000, 20_000, 40_000]);
  const isPerCaller = random.chance(0.6);
  const callers = Array.from({ length: random.pick([1, 1, 1, 2, 3]) }, (_, index) =>
    drawCaller(random, index, presetMs),
  );
  const evidence: Evidence = isPerCaller
    ? { kind: 'connections' }
    : { kind: 'json', url: 'http://{ip}/', path: 'calls' };
  const watch: NonNullable<Target['drain']['watch']> = {
    evidence: [evidence],
    floorMs: random.pick([0, 1000, 2000]),
    ceilingMs: Math.max(presetMs, random.pick([30_000, 60_000, 180_000])),
    certainty: random.pick([0.99, 0.999]),
  };
  const targets = scenario.plan.targets.map((target) => ({ ...target, drain: { ms: presetMs, watch } }));
  return { ...scenario, plan: { ...scenario.plan, targets }, callers };
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
