import type { Gate, GatePlace } from '../../core/gate/gate.ts';
import type { Failure } from '../../core/event/failure.ts';
import type { GateState } from '../../core/rollout/gate-state.ts';
import { commandText } from '../../core/text/command-text.ts';
import { program } from '../../core/text/program.ts';
import { say } from '../grammar/say.ts';
import { timeEn as time } from '../grammar/time-words.ts';
import { commandResults, stepFailures } from './step-failures.ts';
import type { Keys } from './tui-commands.ts';

const sides = { before: 'before', after: 'after', at: 'at' } as const;

/** `after batch 1 of orders`. */
export function gatePlace({ side, of, stage = '', service = '', batch = 0 }: GatePlace): string {
  const what = {
    rollout: 'the rollout',
    stage: `stage ${stage}`,
    service,
    batch: `batch ${batch} of ${service}`,
  }[of];
  return `${sides[side]} ${what}`;
}

/** `gate smoke (after batch 1 of orders)`, `stage front end`. */
export function gateName(gate: string, place: GatePlace): string {
  return place.side === 'at' ? `stage ${gate}` : `gate ${gate} (${gatePlace(place)})`;
}

/** Why it failed. Its command is not that of a deploy. */
export function gateFailure(why: Failure): string {
  return why.kind === 'command' ? say(commandResults, why.result) : say(stepFailures, why);
}

export const gateWords = {
  /** What it is called, and why it failed. */
  name: gateName,
  failure: gateFailure,
  /** What a plan says of it. */
  planned: (gate: Gate): string => {
    const name = gateName(gate.name, gate.place);
    switch (gate.kind) {
      case 'person':
        return `${name}: a person says that it goes on: ${gate.text}`;
      case 'time':
        return `${name}: ${time(gate.ms)}`;
      case 'soak':
        return `${name}: all that are through stay good for ${time(gate.ms)}`;
      case 'command': {
        const { timeoutMs, retries = 0 } = gate.command;
        const tries = retries === 0 ? '' : `, tried again ${retries === 1 ? 'once' : `${retries} times`}`;
        return `${name}: ${commandText(gate.command)} (at most ${time(timeoutMs)}${tries})`;
      }
    }
  },
  /** What it waits for now. */
  waitsFor: ({ gate, phase, failure, againInMs = 0 }: GateState): string => {
    const name = gateName(gate.name, gate.place);
    if (phase === 'stuck')
      return `${name} failed: ${failure?.target === undefined ? '' : `${failure.target} `}${failure === undefined ? '' : gateFailure(failure.why)}`;
    if (phase === 'ready' && againInMs > 0)
      return `${name} failed and is tried again after ${time(againInMs)}`;
    switch (gate.kind) {
      case 'person':
        return `${name} waits for a person: ${gate.text}`;
      case 'time':
        return `${name} waits for ${time(gate.ms)}`;
      case 'soak':
        return `${name}: all that are through must stay good for ${time(gate.ms)}`;
      case 'command':
        return `${name} runs ${commandText(gate.command)}`;
    }
  },
  /** In the console. */
  keys: (isStuck: boolean, key: Keys): string =>
    `${isStuck ? `${key('retry')} tries it again, ` : ''}${key('pass-gate')} goes on beyond it, ${key('abort')} aborts. Nothing begins until then.`,
  choices: {
    pass: 'G  go on beyond it',
    again: 'r  try it again',
    wait: 'q  decide later; nothing begins until then',
  },
  /** How to go on where its runner rests. */
  passWith: (id: string): string => `Go on beyond it: ${program} resume ${id} --pass-gate --yes`,
};
