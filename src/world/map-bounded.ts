/** Maps every item, at most `atOnce` at a time, in their order; the first that throws ends it. */
export async function mapBounded<T, U>(
  items: readonly T[],
  atOnce: number,
  map: (item: T, index: number) => Promise<U>,
): Promise<readonly U[]> {
  const mapped: U[] = [];
  const open = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of open) mapped[index] = await map(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return mapped;
}
