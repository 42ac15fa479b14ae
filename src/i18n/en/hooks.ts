import type { Command } from '../../core/hooks/command.ts';
import { type HookStep, hookKeys } from '../../core/hooks/hook-step.ts';
import type { Hook } from '../../core/hooks/hook.ts';
import { commandText } from '../../core/text/command-text.ts';
import type { OccasionKey } from '../../core/hooks/occasion-key.ts';
import { timeEn as time } from '../grammar/time-words.ts';

/** Steps that are hooks, where the name of a step stands. */
export const hookNames: Readonly<Record<HookStep, string>> = {
  'before-target': 'hook beforeTarget',
  'after-disable': 'hook afterDisable',
  'after-target': 'hook afterTarget',
};

/** Behind the time limit of a command. */
export function retriesText({ retries, waitMs = 0 }: Command): string {
  return retries === undefined
    ? ''
    : `, ${retries === 1 ? '1 retry' : `${retries} retries`} after ${time(waitMs)}${retries === 1 ? '' : ' each'}`;
}

/** `pause: ./tell.sh (at most 1 min)`. */
export function occasionText(key: OccasionKey, command: Command): string {
  return `${key}: ${commandText(command)} (at most ${time(command.timeoutMs)}${retriesText(command)})`;
}

/** `afterDisable: ./tell.sh (at most 1 min, 2 retries after 10 s each)`. */
export function hookText(step: HookStep, hook: Hook): string {
  const onFailure = hook.onFailure === 'ask' ? '' : `; onFailure: ${hook.onFailure}`;
  return `${hookKeys[step]}: ${commandText(hook)} (at most ${time(hook.timeoutMs)}${retriesText(hook)}${onFailure})`;
}
