import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type InputEvent, createInputDecoder } from '../../src/keyboard/input-decoder.ts';
import { key, paste, report, typedText } from './reports.ts';

/** What is heard of bytes that come in reads cut at these places. */
function heardOf(bytes: readonly number[], cuts: readonly number[] = [], isSlow = false): InputEvent[] {
  const decoder = createInputDecoder();
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const heard: InputEvent[] = [];
  let from = 0;
  for (const to of [...places, bytes.length]) {
    heard.push(...decoder.take(Uint8Array.from(bytes.slice(from, to))));
    // A link so slow that the time for an Esc runs out in between.
    if (isSlow) heard.push(...decoder.expire());
    from = to;
  }
  return heard;
}

const heardOfText = (text: string): InputEvent[] => heardOf([...Buffer.from(text)]);
const texts = (events: readonly InputEvent[]): string =>
  events
    .map((event) =>
      event.kind === 'text' ? event.text : `<${event.kind === 'key' ? event.name : event.text}>`,
    )
    .join('');

const cuts = fc.array(fc.nat(), { maxLength: 12 });
const everywhere = Array.from({ length: 200 }, (_, index) => index);

test('no report presses a key, whole or unfinished, cut anywhere', () => {
  fc.assert(
    fc.property(
      fc.array(report, { minLength: 1, maxLength: 5 }),
      fc.nat(),
      cuts,
      (reports, missing, places) => {
        const bytes = reports.flat();
        const kept = bytes.slice(0, bytes.length - (missing % (reports.at(-1)?.length ?? 1)));
        expect(heardOf(kept, places)).toEqual([]);
      },
    ),
    { numRuns: 3000 },
  );
});

test('a report presses at most Esc where the link is so slow that its ESC stands alone', () => {
  fc.assert(
    fc.property(report, cuts, (bytes, places) => {
      const isLateKey = bytes[0] === 0x1b && bytes[1] === 0x4f;
      const isAlt = bytes[0] === 0x1b && !'[]P_^OX'.includes(String.fromCharCode(bytes[1] ?? 0));
      // Of what is said so only when somebody asks, which we do not, P is the key that it is.
      const isAsked = bytes[0] === 0x1b && bytes[1] === 0x50;
      if (isLateKey || isAlt || isAsked || bytes[1] === 0x58) return;
      const heard = heardOf(bytes, places, true);
      expect(heard.filter((event) => event.kind !== 'key' || event.name !== 'esc')).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

test('keys, texts and pastes among reports are those and nothing else, cut anywhere', () => {
  const part = fc.oneof(
    report.map((bytes) => ({ bytes, said: '' })),
    key.map(({ bytes, name }) => ({ bytes, said: `<${name}>` })),
    typedText.map((text) => ({ bytes: [...Buffer.from(text)], said: text })),
    paste.map(({ bytes, text }) => ({ bytes, said: `<${text}>` })),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), cuts, (parts, places) => {
      const bytes = parts.flatMap((each) => each.bytes);
      expect(texts(heardOf(bytes, places))).toBe(parts.map(({ said }) => said).join(''));
    }),
    { numRuns: 3000 },
  );
});

test('any bytes in a mouse report are the report, and byte by byte too', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 3, maxLength: 3 }), (raw) => {
      const bytes = [...Buffer.from('\x1b[M'), ...raw];
      expect(heardOf(bytes)).toEqual([]);
      expect(heardOf(bytes, everywhere)).toEqual([]);
    }),
  );
});

test.each([
  ['a click as the oldest mouse says it', '\x1b[M G('],
  ['the same where a byte of it became a replacement character', '\x1b[M \ufffdG'],
  ['a highlight report', '\x1b[tGG\x1b[TGGGGGG'],
  ['a report in a report', '\x1b]11;rgb:\x1b[M G('],
  ['control characters in a sequence', '\x1b[1\r\t\x7fA'],
  ['the reply of DECRQSS, ended by CAN', '\x1bP1$r0m\x18'],
  ['an XTVERSION and a colour that never end', '\x1bP>|XTerm(370) yGq'],
  ['an unfinished sequence and its end much later', '\x1b[<0;39;'],
])('%s is nothing', (_name, text) => {
  expect(heardOfText(text)).toEqual([]);
});

test('a paste that never ends presses nothing', () => {
  expect(heardOfText('\x1b[200~G\ry\x1b[A\x1b[201')).toEqual([]);
});

test('an ESC that nothing follows is the key, as often as it came', () => {
  const decoder = createInputDecoder();
  expect(decoder.take(Buffer.from('\x1b\x1b'))).toEqual([]);
  expect(decoder.pending()).toBe('escape');
  expect(texts(decoder.expire())).toBe('<esc><esc>');
  expect(decoder.pending()).toBe('nothing');
});

test('what was begun with ESC [ never becomes keys, however long its rest takes', () => {
  const decoder = createInputDecoder();
  decoder.take(Buffer.from('\x1b['));
  expect(decoder.expire()).toEqual([]);
  expect(decoder.take(Buffer.from('M G('))).toEqual([]);
  expect(texts(decoder.take(Buffer.from('G')))).toBe('G');
});

test('after an Esc the next key is that key, but for what can only go on with a sequence', () => {
  const afterEsc = (text: string): string => {
    const decoder = createInputDecoder();
    decoder.take(Buffer.from('\x1b'));
    decoder.expire();
    return texts([...decoder.take(Buffer.from(text)), ...decoder.expire()]);
  };
  expect(afterEsc('G')).toBe('G');
  expect(afterEsc('O')).toBe('O');
  expect(afterEsc('X')).toBe('X');
  expect(afterEsc('P')).toBe('P');
  expect(afterEsc('PjG')).toBe('PjG');
  expect(afterEsc('P\r')).toBe('P\r');
  expect(afterEsc('P1$r0m\x1b\\')).toBe('');
  expect(afterEsc('\r')).toBe('\r');
  expect(afterEsc('[M G(')).toBe('');
  expect(afterEsc('OP')).toBe('');
  expect(afterEsc('OA')).toBe('<up>');
  expect(afterEsc(']11;rgb:G\x07')).toBe('');
});

test('an ESC in a report that stalls is the report, and ends it with what follows', () => {
  const decoder = createInputDecoder();
  decoder.take(Buffer.from('\x1b]0;title\x1b'));
  expect(decoder.pending()).toBe('report');
  expect(decoder.expire()).toEqual([]);
  expect(texts(decoder.take(Buffer.from('\\G')))).toBe('G');
});

test('text that is no UTF-8 is dropped, and the rest is read', () => {
  expect(texts(heardOf([0xff, 0x47, 0xe4, 0xb8, 0x47, 0xc0, 0xaf, 0xed, 0xa0, 0x80]))).toBe('GG');
});

test('whatever bytes come, they are read without a fault, and what is given up is over', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), (reads) => {
      const decoder = createInputDecoder();
      for (const bytes of reads) decoder.take(bytes);
      decoder.reset();
      expect(decoder.pending()).toBe('nothing');
      expect(texts(decoder.take(Buffer.from('GG'))).slice(-1)).toBe('G');
    }),
    { numRuns: 3000 },
  );
});
