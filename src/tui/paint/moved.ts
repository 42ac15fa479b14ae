/** Rows `top` to `bottom`, both among them, go up by `by` rows, or down where it is negative. */
export type Moved = { readonly top: number; readonly bottom: number; readonly by: number };

/** A move that saves fewer rows than these costs more than it is worth. */
const savedMin = 3;
/** As far as a key moves by. */
const furthest = 3;

/** Whether a part of the rows is there already, further down or up: as in a list that is scrolled. */
export function movedRows(before: readonly string[], after: readonly string[]): Moved | undefined {
  if (before.length !== after.length) return undefined;
  let best: Moved | undefined;
  let most = savedMin - 1;
  for (let far = 1; far <= furthest; far += 1)
    for (const by of [far, -far]) {
      const saved = [...after.keys()].filter((row) => isThere(before, after, row, by));
      const [first, last] = [saved[0], saved.at(-1)];
      if (first === undefined || last === undefined) continue;
      // What stays where it is within the part has to be written again.
      const lost = [...after.keys()].filter(
        (row) => row >= first && row <= last && before[row] === after[row],
      );
      const gain = saved.length - lost.length;
      if (gain <= most) continue;
      most = gain;
      best = by > 0 ? { top: first, bottom: last + by, by } : { top: first + by, bottom: last, by };
    }
  return best;
}

function isThere(before: readonly string[], after: readonly string[], row: number, by: number): boolean {
  return after[row] !== before[row] && after[row] === before[row + by];
}

/** The rows as they stand once they have moved. */
export function afterMove<Row>(rows: readonly Row[], { top, bottom, by }: Moved, blank: Row): readonly Row[] {
  return rows.map((row, index) => {
    if (index < top || index > bottom) return row;
    const from = index + by;
    return from < top || from > bottom ? blank : (rows[from] ?? blank);
  });
}

/** Lines deleted at one end and put in at the other: no margin is set that could be left behind. */
export function moveBytes({ top, bottom, by }: Moved): string {
  const count = Math.abs(by);
  const far = bottom + 1 - count;
  return by > 0
    ? `\x1b[${top + 1}H\x1b[${count}M\x1b[${far + 1}H\x1b[${count}L`
    : `\x1b[${far + 1}H\x1b[${count}M\x1b[${top + 1}H\x1b[${count}L`;
}
