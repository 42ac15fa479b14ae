/**
 * The line without what GitHub takes for a command in a log: `::` at its beginning, and `##[` anywhere. A service may be
 * called so.
 */
export function withoutCommand(line: string): string {
  return line.replace(/^(\s*):(?=:)/, '$1: ').replaceAll('##[', '# #[');
}

/** The same in JSON, where it stands in texts only: whoever parses it notices nothing. */
export function jsonWithoutCommand(json: string): string {
  return json.replaceAll('##[', String.raw`#\u0023[`);
}
