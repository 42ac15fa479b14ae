import { type Registration, type Target, registrationId } from '../../../src/core/plan/plan.ts';
import type { GroundTruth } from '../world/ground-truth.ts';
import type { Process } from '../world/simulated-processes.ts';
import type { Random } from './random.ts';
import { type Scenario, firstWeight } from './scenario.ts';

/**
 * In some runs the plan takes an earlier rollout back: what that left off is off because of us from the beginning, or away.
 * Drawn apart, as soaks are.
 */
export function withRollBacks(scenario: Scenario, random: Random): Scenario {
  const { plan, isMoving, isRespelling, twins = [], newInterfaces } = scenario;
  const isPlain = !isMoving && !isRespelling && twins.length === 0 && newInterfaces === undefined;
  if (!random.chance(0.12) || !isPlain) return scenario;
  const { maxFailures: _most, deadline: _over, gates: _there, ...former } = plan;
  const targets = plan.targets.map((target) => leftBehind(target, random));
  return { ...scenario, plan: { ...former, targets, rollsBack: 'earlier' } };
}

/** All of a process is away, or some of it is off. */
function leftBehind(target: Target, random: Random): Target {
  const how = random.pick(['as-it-was', 'off', 'away'] as const);
  if (how === 'as-it-was' || target.leave !== undefined) return target;
  const left = (one: Registration): Registration =>
    one.wasEnabled && (how === 'away' || random.chance(0.8)) ? { ...one, left: how } : one;
  return { ...target, registrations: target.registrations.map(left) };
}

/** What an earlier rollout of ours left, as it is when this one begins. */
export function leaveBehind(
  registrations: readonly Registration[],
  truth: GroundTruth,
  process: Process | undefined,
): void {
  const isAway = registrations.some(({ left }) => left === 'away');
  for (const one of registrations) {
    const slot = truth.slotOf(registrationId(one));
    if (one.left !== undefined) truth.write(slot, { enabled: false, weight: firstWeight }, 'us', 'write');
    if (isAway) truth.deregister(slot);
  }
  if (isAway && process !== undefined) process.isAnswering = false;
}
