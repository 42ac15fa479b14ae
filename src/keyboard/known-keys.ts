/** The sequences of the keys that we know, without their ESC, as the usual terminals send them. */
export const knownKeys: ReadonlyMap<string, string> = new Map([
  ...keys('up', '[A', 'OA'),
  ...keys('down', '[B', 'OB'),
  ...keys('right', '[C', 'OC'),
  ...keys('left', '[D', 'OD'),
  ...keys('home', '[H', 'OH', '[1~', '[7~'),
  ...keys('end', '[F', 'OF', '[4~', '[8~'),
  ...keys('delete', '[3~'),
  ...keys('page-up', '[5~', '[[5~'),
  ...keys('page-down', '[6~', '[[6~'),
  ...keys('enter', 'OM'),
  ...keys('shift-tab', '[Z'),
]);

function keys(name: string, ...sequences: readonly string[]): readonly (readonly [string, string])[] {
  return sequences.map((sequence) => [sequence, name]);
}

/** Names for the control characters that are keys; Enter and Tab are text, because a text may hold them. */
export function controlKey(code: number): string | undefined {
  if (code === 0x08 || code === 0x7f) return 'backspace';
  return code >= 1 && code <= 26 ? `ctrl-${String.fromCharCode(code + 0x60)}` : undefined;
}
