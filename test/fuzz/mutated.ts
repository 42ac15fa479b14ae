import { type Arbitrary, array, integer, nat, oneof, string, tuple } from 'fast-check';

/** What breaks parsers of text, whatever they read. */
const usualWords = [
  '',
  '\0',
  '\n',
  '\r\n',
  '\t',
  ' ',
  '\u001b[2J',
  '\u202e',
  '\ud800',
  '\uffff',
  '令牌',
  '"',
  "'",
  '\\',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '=',
  '@@',
  '*',
  '%',
  '%25',
  '-1',
  '0',
  '1e309',
  '9007199254740993',
  'NaN',
  '-Infinity',
  'null',
  'true',
  '{}',
  '[]',
  '"__proto__":',
  '"constructor":',
  '<',
  '>',
];

/** No input is longer: what is longer than a server or a file may be is refused before it is parsed. */
const inputMax = 65_536;
/** What a repetition makes at most. */
const repeatedMax = 16_384;
const sliceMax = 24;

type Edit = readonly [kind: number, at: number, size: number, word: number];

function edited(
  text: string,
  [kind, place, size, word]: Edit,
  words: readonly string[],
  other: string,
): string {
  const at = text.length === 0 ? 0 : place % (text.length + 1);
  const to = Math.min(text.length, at + 1 + (size % sliceMax));
  const slice = text.slice(at, to);
  switch (kind) {
    case 0:
    case 1:
      return text.slice(0, at) + (words[word % words.length] ?? '') + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(to);
    case 3:
      return text.slice(0, at) + String.fromCharCode(size % 0x180) + text.slice(at + 1);
    case 4:
      return text.slice(0, to) + slice + text.slice(to);
    case 5:
      return text.slice(0, at) + (words[word % words.length] ?? '') + text.slice(to);
    case 6:
      return text.slice(0, at);
    case 7:
      return text.slice(0, at) + other.slice(size % (other.length + 1));
    default: {
      // Long ones take their time: one in 64.
      const times = word % 8 === 0 ? Math.floor(repeatedMax / Math.max(1, slice.length)) : 2;
      return text.slice(0, at) + slice.repeat(times) + text.slice(to);
    }
  }
}

/** One of the seeds with up to eight edits, and now and then any text at all. Fewer edits are simpler. */
export function mutated(seeds: readonly string[], ownWords: readonly string[] = []): Arbitrary<string> {
  const words = [...ownWords, ...ownWords, ...usualWords];
  const edit = tuple(integer({ min: 0, max: 8 }), nat(0xffff), nat(0xffff), nat(0xffff));
  const seed = nat(seeds.length - 1);
  const fromSeed = tuple(seed, seed, array(edit, { maxLength: 8 })).map(([one, other, edits]) =>
    edits
      .reduce((text, each) => edited(text, each, words, seeds[other] ?? ''), seeds[one] ?? '')
      .slice(0, inputMax),
  );
  return oneof(
    { arbitrary: fromSeed, weight: 15 },
    { arbitrary: string({ unit: 'binary', maxLength: 60 }), weight: 1 },
  );
}
