import type { Model } from '../model/model.ts';
import type { OffReason } from '../model/notice.ts';
import { copyable } from './copyable.ts';
import { moving } from './motions.ts';

/** One thing that a key does at one place. The footer, the help and the behaviour are made from it. */
export type Command = {
  readonly name: string;
  readonly keys: readonly string[];
  /** Lower is shown first in the footer; absent: in the help only. */
  readonly rank?: number;
  /** Why it is off now; absent: never. */
  readonly off?: (model: Model) => OffReason | undefined;
  /** It writes to Nacos at once: the palette, where enter chooses, leaves it to its key. */
  readonly isKeyOnly?: boolean;
};

export const back = { name: 'back', keys: ['esc'], rank: 8 } as const;
export const help = { name: 'help', keys: ['?'], rank: 0 } as const;
export const palette = { name: 'palette', keys: [':'], rank: 9 } as const;
export const quit = { name: 'quit', keys: ['q'] } as const;
export const interrupt = { name: 'interrupt', keys: ['ctrl-c'] } as const;
export const freeze = { name: 'freeze', keys: ['F'] } as const;
/** Of the two, the other one. */
export const language = { name: 'language', keys: ['ctrl-t'] } as const;
export const copy = {
  name: 'copy',
  keys: ['y'],
  off: (model: Model): OffReason | undefined =>
    copyable(model) === undefined ? 'nothing-to-copy' : undefined,
} as const;
/** In a sandbox alone. */
export const tour = { name: 'tour', keys: ['T'] } as const;
export const common = [...moving, palette, help, tour, copy, freeze, language, quit, interrupt] as const;
export const readCopy = { ...copy, rank: 5 } as const;
export const closing = ['esc', 'q', 'enter'] as const;

/** From wherever nothing runs that this console answers for. */
export const toMachine = [
  { name: 'rollouts', keys: ['L'], rank: 7 },
  { name: 'doctor', keys: ['H'] },
] as const;
