import { isSwitching } from '../keys/of-machine.ts';
import type { UiEffect } from '../model/effect.ts';
import type { Message } from '../model/message.ts';
import type { Model } from '../model/model.ts';
import { exit } from './acts/leave.ts';
import type { Step } from './acts/transition.ts';

type Exit = Extract<UiEffect, { kind: 'exit' }>;
const toSandbox: Exit = { kind: 'exit', exitCode: 0, exitSummary: { kind: 'to-sandbox' } };

/**
 * To close the console would close the connections of what is being put on or mended: it closes after that, once the
 * journals were read again, unless Ctrl-C asks a second time.
 */
export function withHeldExit(before: Model, [model, effects]: Step, message: Message): Step {
  const { heldExit, ...released } = model;
  const leaving = effects.find((effect): effect is Exit => effect.kind === 'exit');
  if (leaving !== undefined) {
    const isAtOnce = before.heldExit !== undefined && isInterrupt(message);
    if (!isSwitching(before) || isAtOnce) return [model, effects];
    const others = effects.filter((effect) => effect !== leaving);
    return [{ ...model, heldExit: isToSandbox(leaving) ? 'to-sandbox' : 'plain' }, others];
  }
  if (heldExit === undefined) return [model, effects];
  // Why it was not put on is still to be read.
  if (message.type === 'switched-on' && 'problem' in message.outcome) return [released, effects];
  if (message.type !== 'open-rollouts-read' || isSwitching(model)) return [model, effects];
  return [released, [...effects, heldExit === 'plain' ? exit(released) : toSandbox]];
}

function isToSandbox({ exitSummary }: Exit): boolean {
  return exitSummary.kind === 'to-sandbox';
}

function isInterrupt(message: Message): boolean {
  return message.type === 'key-pressed' && message.press.name === 'ctrl-c';
}
