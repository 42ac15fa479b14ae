import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Slice } from './tally.ts';

/** What a count has found so far: in a file of its own, of one state of the code. */
export function openProgress(file: string | undefined): {
  readonly slices: readonly Slice[];
  keep(slice: Slice): void;
} {
  const text = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = text.split('\n');
  // Whoever was killed while writing left a part of a line.
  const torn = lines.pop();
  if (file !== undefined && torn !== undefined && torn !== '') appendFileSync(file, '\n');
  return {
    slices: lines.flatMap((line) => {
      try {
        return [JSON.parse(line) as Slice];
      } catch {
        return [];
      }
    }),
    keep: (slice) => {
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(slice)}\n`);
    },
  };
}
