import { type Decision, decisionSchema } from '../../../src/core/event/event-parts.ts';
import { tellLease } from '../../../src/runner/process/claim.ts';
import type { Order } from '../../../src/runner/ports/protocol.ts';
import { type Slot, seenOf } from '../world/ground-truth.ts';
import type { Random } from './random.ts';
import { type Life, survive } from '../runner-life.ts';
import type { SimulatedWorld } from '../world/simulated-world.ts';
import type { Scenario } from './scenario.ts';

export type Operators = { act(life: Life): void };

/** Each of them, and a retry twice as often. */
const decisions: readonly Decision[] = ['retry', ...decisionSchema.options];
/** So many wild things in one run, and then only what brings it to an end. */
const patience = 12;

/** Whoever sits before the console and before Nacos's own: called every few seconds while a runner lives. */
export function createOperators(
  random: Random,
  scenario: Scenario,
  place: SimulatedWorld,
  say: (what: string) => void,
): Operators {
  const { wildness, isAttended } = scenario;
  let left = patience;

  const order = (life: Life, wish: Order): void => {
    const text = JSON.stringify(wish);
    survive(() => {
      const refused = life.runner.submit(wish, 'someone@here');
      say(`person: ${text}${refused === undefined ? '' : ` refused: ${refused}`}`);
    });
  };

  const decide = (life: Life): void => {
    const rollout = life.runner.rollout();
    const stuck = rollout.targets.filter((target) => target.phase === 'stuck');
    const isHeld = rollout.paused !== undefined || rollout.isPastDeadline;
    if (isHeld && random.chance(0.5)) return order(life, { type: 'continue' });
    if (stuck.length === 0) return;
    const { name: target, failure } = random.pick(stuck);
    const isSomebodyElse = failure?.why.kind === 'somebody-else';
    const open = isSomebodyElse && random.chance(0.5) ? (['take-new'] as const) : decisions;
    const decision = left-- > 0 ? random.pick(open) : 'leave-off';
    if (left > 0 && random.chance(0.15))
      return order(life, { type: 'abort', how: random.pick(['put-back', 'leave']) });
    order(life, { type: 'decide', target, decision });
  };

  const meddle = (life: Life): void => {
    const { name } = random.pick(life.runner.rollout().targets);
    const wishes: readonly Order[] = [
      { type: 'pause' },
      { type: 'continue' },
      { type: 'skip-drain', target: name },
      { type: 'extend-drain', target: name, byMs: random.int(1, 10_000) },
      { type: 'decide', target: name, decision: random.pick(decisions) },
      { type: 'abort', how: random.pick(['put-back', 'leave']) },
      { type: 'stop' },
    ];
    const rollout = life.runner.rollout();
    const draw = random.int(0, wishes.length + 2);
    const wish = wishes[draw];
    if (wish !== undefined) return order(life, wish);
    if (rollout.ended !== undefined || rollout.rested !== undefined) return;
    if (draw === wishes.length)
      return survive(() => life.runner.record({ type: faceFact(life), by: 'someone@here' }));
    // The lease is lost and found; whoever keeps it tells so.
    const news = rollout.paused?.why === 'lease-lost' ? 'regained' : 'lost';
    survive(() => tellLease(life.runner, news));
  };

  return {
    act: (life) => {
      const rollout = life.runner.rollout();
      if (rollout.paused?.why === 'lease-lost' && random.chance(0.3))
        survive(() => tellLease(life.runner, 'regained'));
      if (isAttended && random.chance(0.4)) decide(life);
      else if (!isAttended && rollout.paused?.why === 'asked' && random.chance(0.3))
        order(life, { type: 'continue' });
      if (left <= 0 || !random.chance(wildness * 0.1)) return;
      left -= 1;
      if (random.chance(0.5)) meddle(life);
      else click(random, place, say);
    },
  };
}

function faceFact(life: Life): 'face-lost' | 'face-joined' {
  return life.runner.rollout().isUnattended ? 'face-joined' : 'face-lost';
}

/** In the Nacos console, or by a slip of the server. */
function click(random: Random, place: SimulatedWorld, say: (what: string) => void): void {
  const { truth, processes, bystanders } = place;
  const ours = [...processes.values()].flatMap((process) => process.slots);
  const others = bystanders.flatMap((process) => process.slots);
  const set = (slot: Slot, enabled: boolean): void => {
    const seen = seenOf(slot);
    if (seen === undefined || seen.enabled === enabled) return;
    say(`click: ${slot.key} ${enabled ? 'on' : 'off'}`);
    truth.write(slot, { enabled, weight: seen.weight }, 'person', enabled ? 'flip' : 'click');
  };
  const draw = random.int(0, 4);
  if (draw === 0) return set(random.pick(ours), true);
  if (draw === 4) return set(random.pick(ours), false);
  if (draw === 1 && others.length > 0) return set(random.pick(others), random.chance(0.5));
  if (draw === 2 && others.length > 0) return truth.setHealth(random.pick(others), random.chance(0.5));
  const slot = random.pick(ours);
  if (slot.override?.by === 'us' && !slot.override.enabled && slot.registered) {
    say(`flip: ${slot.key}`);
    truth.forget(slot);
  }
}
