import * as fc from 'fast-check';

/** Bytes of one thing that a terminal says of itself, whole. */
export type Report = readonly number[];

const bytesOf = (text: string): Report => [...Buffer.from(text)];
const numbers = fc.array(fc.nat(9999), { maxLength: 6 }).map((all) => all.join(';'));
const byte = (from: number, to: number): fc.Arbitrary<number> => fc.integer({ min: from, max: to });

/** The oldest mouse: three raw bytes. What looks like the first of several bytes of a character is mode 1005, below. */
const x10 = fc
  .tuple(byte(0x20, 0xff), byte(0x20, 0xff), byte(0x20, 0xc1))
  .filter((raw) => !raw.some((each, index) => each >= 0xc2 && isFollower(raw[index + 1] ?? 0)))
  .map((raw) => [...bytesOf('\x1b[M'), ...raw]);
const isFollower = (each: number): boolean => each >= 0x80 && each <= 0xbf;
const mode1005 = fc
  .tuple(byte(32, 126), byte(33, 2047), byte(33, 2047))
  .map((codes) => bytesOf(`\x1b[M${String.fromCodePoint(...codes)}`));
const sgr = fc
  .tuple(fc.nat(200), fc.nat(3000), fc.nat(3000), fc.constantFrom('M', 'm'))
  .map(([button, x, y, end]) => bytesOf(`\x1b[<${button};${x};${y}${end}`));
const urxvt = fc
  .tuple(byte(32, 127), byte(1, 999), byte(1, 999))
  .map((all) => bytesOf(`\x1b[${all.join(';')}M`));
const focus = fc.constantFrom('\x1b[I', '\x1b[O').map(bytesOf);
/** DA, DSR, DECRPM, window sizes, kitty and whatever else has the form. */
const answer = fc
  .tuple(
    fc.constantFrom('?', '>', '=', '<', ''),
    numbers,
    fc.constantFrom('', '$', ' ', '&', '!'),
    fc.constantFrom('c', 'R', 'n', 'y', 'u', 't', 'w', 'x', 'q', 'z', 'G', '_'),
  )
  .filter(([mark, params, , end]) => end !== 't' || `${mark}${params}` !== '')
  .map((parts) => bytesOf(`\x1b[${parts.join('')}`));
const unknownKeys = `[[A [[E OP OS O5A Oa Oy [15~ [24;5~ [1;5A [1;2D [3;5~ [a [121;1u [57441;2u [27;5;13~ \x1b[A G y \r \x7f é 中 /Z`;
const unknownKey = fc.constantFrom(...unknownKeys.split(' ')).map((after) => bytesOf(`\x1b${after}`));
const words = fc
  .array(
    fc.constantFrom('r', 'G', 'y', 'q', ' ', '1', ';', ':', '/', '?', '=', '中', 'é', '[', 'M', '~', '\\'),
  )
  .map((all) => all.join(''));
/** OSC, DCS, APC, PM and SOS, in both forms. */
const introducers = [']', 'P', '_', '^', 'X'].flatMap((letter) => [
  `\x1b${letter}`,
  String.fromCharCode(letter.charCodeAt(0) + 0x40),
]);
const string = fc
  .tuple(fc.constantFrom(...introducers), words, fc.constantFrom('\x1b\\', '\u009c'))
  .map((parts) => bytesOf(parts.join('')));
const belled = words.map((text) => bytesOf(`\x1b]11;${text}\x07`));

/** The 8-bit introducers as they are on a line that is not UTF-8. */
const eightBit = fc.oneof(
  sgr.map(([, , ...rest]) => [0x9b, ...rest]),
  answer.map(([, , ...rest]) => [0x9b, ...rest]),
  x10.map(([, , ...rest]) => [0x9b, ...rest]),
  words.map((text) => [0x9d, ...bytesOf(`10;${text}`), 0x9c]),
  fc.constantFrom(...bytesOf('PQSy')).map((key) => [0x8f, key]),
);

export const report: fc.Arbitrary<Report> = fc.oneof(
  fc.oneof(x10, mode1005, sgr, urxvt, focus),
  fc.oneof(answer, unknownKey, string, belled, eightBit),
);

/** Between marks, with sequences in it. */
export const paste: fc.Arbitrary<{ bytes: Report; text: string }> = fc
  .array(fc.oneof(words, fc.constantFrom('\r', '\n', '\x03', '\x1b[A', '\x1b[201', '\x1b', '\x1b[200~')))
  .map((parts) => parts.join(''))
  .filter((text) => !text.includes('\x1b[201~'))
  .map((text) => ({ bytes: bytesOf(`\x1b[200~${text}\x1b[201~`), text }));

const keys = {
  up: ['\x1b[A', '\x1bOA'],
  down: ['\x1b[B', '\x1bOB'],
  right: ['\x1b[C', '\x1bOC'],
  left: ['\x1b[D', '\x1bOD'],
  home: ['\x1b[H', '\x1b[1~', '\x1bOH', '\x1b[7~'],
  end: ['\x1b[F', '\x1b[4~', '\x1bOF', '\x1b[8~'],
  'page-up': ['\x1b[5~'],
  'page-down': ['\x1b[6~'],
  delete: ['\x1b[3~'],
  enter: ['\x1bOM'],
  backspace: ['\x7f', '\b'],
  'shift-tab': ['\x1b[Z'],
  'ctrl-c': ['\x03'],
  'ctrl-r': ['\x12'],
};

/** Keys that need no time to be told from the beginning of a report. */
export const key = fc
  .constantFrom(...Object.entries(keys).flatMap(([name, forms]) => forms.map((form) => ({ name, form }))))
  .map(({ name, form }) => ({ name, bytes: bytesOf(form) }));

export const typedText = fc.constantFrom('G', 'y', ' ', '\r', '\t', 'O', '[', '中', '👩‍🚀', 'é');
