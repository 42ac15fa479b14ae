import type { StartObstacle } from '../../core/command/fit-start.ts';
import { hookNames } from './hooks.ts';
import type { Finding } from '../../runner/review/review.ts';
import { type Sayings, say } from '../grammar/say.ts';

const steps = {
  deploy: 'deploy command',
  ...hookNames,
  rollback: 'rollback command',
  leave: 'command that makes it leave',
  back: 'command that brings it back',
  check: 'check',
  gate: 'command of gate',
} as const;

/** Each ends without a full stop. */
const obstacles: Sayings<StartObstacle> = {
  'null-byte': ({ variable }) =>
    variable === undefined
      ? 'a word of it has a null byte, which no process can be given: take it out, or exclude such an instance'
      : `${variable} would hold a null byte, which no environment takes: exclude such an instance`,
  'not-unicode': ({ variable }) =>
    `${variable ?? 'a word of it'} would hold half a character, so that it would be told another name than the registered one: exclude such an instance`,
  'too-long': ({ variable, bytes, maxBytes }) =>
    variable === undefined
      ? `a word of it is ${bytes} bytes long, and the system takes at most ${maxBytes}: put it into a script`
      : `${variable} would be ${bytes} bytes long, and the system takes at most ${maxBytes}: exclude such an instance`,
  'too-much': ({ bytes, maxBytes }) =>
    `with its environment it comes to ${bytes} bytes, and the system takes at most ${maxBytes}: begin with a smaller environment, or with a higher ulimit -s`,
};

/** What a review finds of the commands of a plan. */
export const commandFindings: Pick<
  Sayings<Finding>,
  'command-missing' | 'cannot-start' | 'in-file' | 'no-directory'
> = {
  'command-missing': ({ command }) => `The command ${command} does not exist or may not be run.`,
  'cannot-start': ({ step, obstacle, targets }) =>
    `The ${steps[step]} of ${some(targets)} cannot be started: ${say(obstacles, obstacle)}.`,
  'in-file': ({ variable, targets }) =>
    `${variable} of ${some(targets)} is too long for an environment: the command finds it in the file that ${variable}_FILE names, and ${variable} is not set.`,
  'no-directory': ({ path, detail }) =>
    `No command can be started in ${path} (${detail}): begin in a directory that is there.`,
};

const shownMax = 3;

function some(names: readonly string[]): string {
  const shown = names.slice(0, shownMax).join(', ');
  return names.length > shownMax ? `${shown} and ${names.length - shownMax} more` : shown;
}
