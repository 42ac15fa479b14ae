/** What a command of the operator's may see: everything but the variables that hold a secret of ours. */
export function environmentWithout(
  env: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !names.includes(entry[0]),
  );
  return Object.fromEntries(kept);
}
