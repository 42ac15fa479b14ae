import type { Model } from '../model/model.ts';
import { front } from '../model/navigation.ts';
import type { OffReason } from '../model/notice.ts';
import { type CommandName, commandsOf } from './keymap.ts';

export type Hint = {
  readonly name: CommandName;
  readonly key: string;
  readonly off: OffReason | undefined;
};

/** The footer's keys: those that do something now before those that do not, the most wanted first. */
export function hints(model: Model): readonly Hint[] {
  const place = front(model).name;
  const ranked = commandsOf(place)
    .filter((command) => command.rank !== undefined && command.rank > 0)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  return ranked
    .map((command) => ({
      name: command.name,
      key: command.keys[0] ?? '',
      off: command.off?.(model),
    }))
    .filter((hint) => hint.off === undefined);
}
