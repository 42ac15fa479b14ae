import type { Facts } from '../../core/event/event.ts';
import type { Deadline } from '../../core/plan/limits.ts';
import { timeEn as time } from '../grammar/time-words.ts';

/** When a rollout stops by itself. */
export const limitWords = {
  maxFailures: (count: number): string =>
    `failures ${count === 0 ? 'none: the first one stops it' : `up to ${count}, which are left as they are; one more stops it`}`,
  deadline: (deadline: Deadline): string =>
    `deadline ${'at' in deadline ? (deadline.typed ?? deadline.at) : `${time(deadline.afterMs)} after it began`}: nothing new begins then`,
};

/** What happens to it because of that. */
export const limitEvents = {
  'deadline-passed': ({ deadline }: Facts['deadline-passed']) =>
    `the deadline ${deadline} has passed: nothing new begins`,
  'deadline-set': ({ deadline, by }: Facts['deadline-set']) => `nothing new begins after ${deadline} (${by})`,
};

/** Why it stands still. */
export const restReasons = {
  stuck: 'a step failed and nobody can be asked',
  'at-gate': 'a gate waits for a person',
  interrupted: 'it was stopped',
  unattended: 'nobody is there',
  undecided: 'nobody decided in time',
  'too-many-failed': 'more failed than the plan goes on with',
  deadline: 'its deadline has passed, and there is more to do',
} as const;
