/** Needed before the words are parsed: what is wrong with them is said in this language too. */
export function flagValue(argv: readonly string[], flag: string): string | undefined {
  const joined = argv.find((word) => word.startsWith(`${flag}=`));
  if (joined !== undefined) return joined.slice(flag.length + 1);
  const at = argv.indexOf(flag);
  return at < 0 ? undefined : argv[at + 1];
}
