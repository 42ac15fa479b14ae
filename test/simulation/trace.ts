import type { Plan } from '../../src/core/plan/plan.ts';
import { type Rollout, targetState } from '../../src/core/rollout/rollout.ts';
import type { Event } from '../../src/core/event/event.ts';
import { seenOf } from './world/ground-truth.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { SimulatedWorld } from './world/simulated-world.ts';

export type Trace = {
  readonly isOn: boolean;
  readonly lines: readonly string[];
  readonly say: (what: string) => void;
  watch(place: SimulatedWorld, scenario: Scenario): void;
};

/** What happened, a line each, for whoever reads a failing run. Costs nothing where nobody does. */
export function createTrace(isOn: boolean, nowMs: () => number): Trace {
  const lines: string[] = [];
  const say = (what: string): void => {
    if (isOn) lines.push(`${(nowMs() / 1000).toFixed(3).padStart(9)}  ${what}`);
  };
  return {
    isOn,
    lines,
    say,
    watch: (place, scenario) => {
      say(JSON.stringify(scenario));
      place.truth.onChange((slot, why) => {
        const seen = seenOf(slot);
        const state = seen === undefined ? 'absent' : `${seen.enabled ? 'on' : 'off'} weight ${seen.weight}`;
        say(`truth: ${slot.key} ${state} (${why})`);
      });
    },
  };
}

export function eventText(event: Event): string {
  const { v: _v, at: _at, rollout: _rollout, type, seq, ...rest } = event;
  const { request: _request, ...told } = rest as Record<string, unknown>;
  return `${seq} ${type} ${JSON.stringify(told)}`;
}

/** Where each target stands, and whether all waits. */
export function whereabouts(rollout: Rollout, plan: Plan): string {
  const states = plan.targets.map(({ name }) => {
    const { step, phase } = targetState(rollout, name);
    return `${name} ${step} ${phase}`;
  });
  return `${states.join(', ')}${rollout.paused === undefined ? '' : `, paused: ${rollout.paused.why}`}`;
}
