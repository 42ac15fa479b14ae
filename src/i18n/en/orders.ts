import { program } from '../../core/text/program.ts';
import { shellWord } from '../../core/text/shell-word.ts';

/** What is decided and ordered without a console. */
export const orders = {
  order: {
    taken: (id: string): string => `Rollout ${id} was told so; see what comes of it: ${program} attach ${id}`,
    refused: (id: string, sentence: string): string => `Rollout ${id} did not take it: ${sentence}`,
    whichTarget: (names: readonly string[]): string =>
      names.length === 0
        ? 'No target waits for that now.'
        : `Which target? Give --target; this is about ${names.join(', ')}.`,
    /** `how`: put-back or leave, of a rollout that runs. */
    abortInstead: (id: string, how: string): string =>
      `Rollout ${id} is running, and resume is for one that stands still: end it with: ${program} order abort-${how} ${id}`,
    noGate: 'It stands at no gate now.',
    noTarget: (name: string, names: readonly string[]): string =>
      `The rollout has no target ${name}; it has ${names.join(', ')}.`,
  },
  pipeline: {
    batch: (number: number, count: number, names: readonly string[], more: number): string =>
      `batch ${number} of ${count}: ${names.join(', ')}${more === 0 ? '' : ` and ${more} more`}`,
    noEnd: 'No end of a rollout was seen: what was printed says more.',
    notWritten: (path: string, detail: string): string =>
      `${path} cannot be written (${['ENOENT', 'ENOTDIR'].includes(detail) ? 'its directory is not there' : detail}): name another file.`,
  },
  deadlineOver: (at: string): string => `The deadline ${at} is over: nothing would begin.`,
  rollBack: {
    nothing: (id: string): string =>
      `There is nothing of rollout ${id} to take back: none of its deploy commands began, or each was rolled back.`,
    noCommand: (id: string, targets: readonly string[]): string =>
      `Rollout ${id} cannot be taken back: its plan has no rollback command for ${targets.join(', ')}. Roll out the old version instead: ${program} run.`,
    stillRuns: (id: string, targets: readonly string[]): string =>
      `The deploy command of ${targets.join(', ')} may still run: find out first, with: ${program} resume ${id}`,
    running: (id: string): string =>
      `Rollout ${id} is running: stop it first, with: ${program} order stop ${id}`,
    takesBack: (id: string): string => `This takes back rollout ${id}, the last target first.`,
    before: (id: string, tries: readonly string[]): string =>
      `Rollout ${id} was taken back before, by ${tries.join(', ')}: this does it once more.`,
    vanishing: (services: readonly string[]): string =>
      `Came with that rollout alone, and are not counted: ${services.join(', ')}.`,
    stayingOff: (id: string, instances: readonly string[]): string =>
      `Stays off, as rollout ${id} took it off and deployed nothing on it: ${instances.join(', ')}. What puts it on says: ${program} status ${id}`,
    former: (id: string): string =>
      `Rollout ${id} has ended with that: what this one takes back of it is this one's now.`,
  },
  toDo: (names: readonly string[]): string => `Not begun before the deadline: ${names.join(', ')}`,
  decideAndCarryOn: (id: string, target: string): string =>
    `Only a person knows what is right for ${target}. Decide, and carry on with: ${program} resume ${id} --decide ${shellWord(target)}=retry (or leave-off, put-on, take-as-done, roll-back)`,
};
