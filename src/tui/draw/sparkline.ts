/** One character a number, as high as the number is beside the largest; nothing at all looks other than little. */
export function sparkline(counts: readonly number[], levels: readonly string[]): string {
  const most = Math.max(1, ...counts);
  const [none = ' ', ...some] = levels;
  return counts
    .map((count) => (count <= 0 ? none : (some[Math.ceil((count / most) * some.length) - 1] ?? none)))
    .join('');
}
