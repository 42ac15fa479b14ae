import type { Model } from '../model/model.ts';
import type { OffReason } from '../model/notice.ts';
import { front } from '../model/navigation.ts';
import { openRows } from '../view/instance-rows.ts';
import { type CommandName, type Named, commandsAt } from './keymap.ts';

export type Hint = {
  readonly name: CommandName;
  readonly key: string;
  readonly off: OffReason | undefined;
  /** It would take back now what else it does. */
  readonly isBackwards: boolean;
};

/** What comes after the first of the footer's keys, where it is off only because nothing is chosen yet. */
export function thenHint(model: Model): Hint | undefined {
  const [leading] = rankedOf(model);
  if (leading?.off?.(model) !== 'nothing-chosen') return undefined;
  return { name: leading.name, key: leading.keys[0] ?? '', off: 'nothing-chosen', isBackwards: false };
}

/** The footer's keys: those that do something now before those that do not, the most wanted first. */
export function hints(model: Model): readonly Hint[] {
  return rankedOf(model)
    .map((command) => ({
      name: command.name,
      key: command.keys[0] ?? '',
      off: command.off?.(model),
      isBackwards: command.name === 'mark-all' && wouldClear(model),
    }))
    .filter((hint) => hint.off === undefined);
}

function wouldClear(model: Model): boolean {
  return (model.draft?.order.length ?? 0) > 0 && openRows(model).length === 0;
}

function rankedOf(model: Model): readonly Named[] {
  return commandsAt(model, front(model).name)
    .filter((command) => command.rank !== undefined && command.rank > 0)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
}
