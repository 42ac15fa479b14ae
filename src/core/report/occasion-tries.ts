import type { Event } from '../event/event.ts';
import type { CommandResult } from '../event/failure.ts';
import type { Command } from '../hooks/command.ts';
import type { OccasionKey } from '../hooks/occasion-key.ts';

/** What a journal tells of a command that runs beside a rollout: its last try, the first where none began. */
export type OccasionTries = {
  readonly attempt: number;
  /** Undefined where how it ended is not in the journal. */
  readonly result: CommandResult | undefined;
  /** Those before this try that began. */
  readonly ranBefore: number;
};

/** `about`: the number of the event that it runs for. */
export function occasionTries(key: OccasionKey, about: number, events: readonly Event[]): OccasionTries {
  const own = events.flatMap((event) =>
    (event.type === 'occasion-began' || event.type === 'occasion-ended') &&
    event.on === key &&
    event.about === about
      ? [event]
      : [],
  );
  const last = own.at(-1);
  if (last === undefined) return { attempt: 1, result: undefined, ranBefore: 0 };
  const { attempt } = last;
  const ranBefore = own.filter(
    (one) => one.type === 'occasion-ended' && one.attempt < attempt && one.result.kind !== 'never-began',
  ).length;
  return { attempt, result: last.type === 'occasion-ended' ? last.result : undefined, ranBefore };
}

/** Whether the last of `ran` tries was the last one. What never began takes no try away. */
export function isLastTry({ retries = 0 }: Command, ran: number, result: CommandResult): boolean {
  return result.kind !== 'never-began' && (ran > retries || !mayHelp(result));
}

/** Whether the same may end well a little later. */
function mayHelp(result: CommandResult): boolean {
  return (result.kind === 'exited' && result.code !== 0) || result.kind === 'timed-out';
}
