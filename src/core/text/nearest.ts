/** The name that was meant, where a slip of the fingers parts it from what was typed. */
export function nearest<Name extends string>(typed: string, names: readonly Name[]): Name | undefined {
  return names
    .map((name) => ({ name, distance: slipsBetween(typed, name) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.floor(name.length / 3)))
    .toSorted((one, other) => one.distance - other.distance)[0]?.name;
}

/** How many letters must be put in, left out, changed, or swapped with the next one, whatever their case. */
export function slipsBetween(typed: string, name: string): number {
  const [one, other] = [Array.from(typed.toLowerCase()), Array.from(name.toLowerCase())];
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of one.entries()) {
    const next = [at + 1];
    for (const [index, wanted] of other.entries()) {
      const isSwapped = letter === other[index - 1] && wanted === one[at - 1];
      next.push(
        Math.min(
          (row[index] ?? 0) + (letter === wanted ? 0 : 1),
          (row[index + 1] ?? 0) + 1,
          (next[index] ?? 0) + 1,
          isSwapped ? (before[index - 1] ?? at) + 1 : Infinity,
        ),
      );
    }
    [before, row] = [row, next];
  }
  return row.at(-1) ?? 0;
}
