/** One word of a shell, whatever is in it. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The same without quotes where they are not needed; `{ip}` is not, though bash would expand `{a,b}`. */
export function shellWord(text: string): string {
  return /^([\w@%+=:,./-]|\{\w+\})+$/.test(text) ? text : shellQuoted(text);
}
