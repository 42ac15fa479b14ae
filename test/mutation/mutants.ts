import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import promises from './mutants.json' with { type: 'json' };
import traps from './traps.json' with { type: 'json' };

/** A place that a promise rests on, or that survives a trap of Nacos, broken in one way. */
export type Mutant = {
  readonly file: string;
  /** What goes wrong for whoever relies on it. */
  readonly why: string;
  /** Must stand in the file exactly once. */
  readonly from: string;
  readonly to: string;
};

export const mutants: readonly Mutant[] = [...promises, ...traps];

export const root = join(import.meta.dirname, '..', '..');

/** The mutants whose text does not stand in the file exactly once, or that change nothing: they would test nothing. */
export function misfits(all: readonly Mutant[]): readonly string[] {
  return all.flatMap(({ file, from, to }) => {
    if (!existsSync(join(root, file))) return [`there is no ${file}`];
    if (from === to) return [`${file} is left as it is by: ${from}`];
    const found = readFileSync(join(root, file), 'utf8').split(from).length - 1;
    return found === 1 ? [] : [`${file} contains ${found} times, not once: ${from}`];
  });
}
