const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Nothing in any language needs more on one letter; what comes after them runs over the lines above and below. */
const mostMarks = 7;

const unseen = new RegExp(
  [
    // Controls (C0, DEL, C1), format characters (bidirectional overrides, zero widths), line separators, lone surrogates,
    // and what no font draws: fillers, variation selectors, joiners.
    String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{DI}]`,
    // A mark with no letter before it would stand on whatever we write in front of the text.
    String.raw`(?<![[\p{L}\p{N}\p{P}\p{S}\p{M}]--\p{DI}])\p{M}`,
    String.raw`(?<=\p{M}{${mostMarks}})\p{M}`,
  ].join('|'),
  'gv',
);
const plain = /^[ -~]*$/;

/** The text with every character that a terminal would obey, or not show, written as an escape such as `\x1b`. */
export function visible(text: string): string {
  if (plain.test(text)) return text;
  return text.replaceAll(unseen, (character) => named[character] ?? escapeOf(character.codePointAt(0) ?? 0));
}

/** The value as JSON in one line, the same characters written as JSON writes them: whoever parses it notices nothing. */
export function visibleJson(value: unknown): string {
  const unitOf = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replaceAll(unseen, (character) => character.split('').map(unitOf).join(''));
}

function escapeOf(codePoint: number): string {
  const hex = codePoint.toString(16);
  if (codePoint <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return codePoint <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
