import { controlKey, knownKeys } from './known-keys.ts';
import { type Bytes, bytesAfter } from './mouse-bytes.ts';

export type Char = { readonly code: number; readonly text: string };

export type Sink = { key(name: string): void; text(text: string): void; paste(text: string): void };

export type State =
  | { readonly name: 'ground' }
  /** After as many ESCs, of which the last may begin a sequence. */
  | { readonly name: 'escape'; readonly count: number }
  /** An ESC was taken for the key. What follows it may still be the rest of a sequence that the link has split. */
  | { readonly name: 'late' }
  | { readonly name: 'escape-intermediate' }
  | ({ readonly name: 'csi' } & Body)
  | ({ readonly name: 'ss3'; readonly isLate: boolean } & Body)
  /** `late`: the letter that opened it after an ESC that was taken for the key, with nothing behind it yet. */
  | { readonly name: 'string'; readonly isOsc: boolean; readonly late?: string }
  | { readonly name: 'string-escape'; readonly isOsc: boolean }
  /** `ending`: how much of the end mark has come. */
  | { readonly name: 'paste'; readonly text: string; readonly ending: string };

/** `isSpoiled`: something is in it that is in no key. */
type Body = { readonly body: string; readonly isSpoiled: boolean };

export const ground: State = { name: 'ground' };

const escape = 0x1b;
const ctrlC = 0x03;
const bell = 0x07;
const deleted = 0x7f;
const stringEnd = 0x9c;
const pasteStart = '[200~';
const pasteEnd = '\x1b[201~';
const pasteMax = 100_000;
const bodyMax = 64;

/** CAN and SUB end whatever is under way. */
const isCancel = ({ code }: Char): boolean => code === 0x18 || code === 0x1a;
const isControl = ({ code }: Char): boolean => code < 0x20;
const isBetween = ({ code }: Char, from: number, to: number): boolean => code >= from && code <= to;

/** Where the next character leads. */
export function afterChar(state: State, char: Char, sink: Sink): State | Bytes {
  switch (state.name) {
    case 'ground':
      return inGround(char, sink);
    case 'escape':
      return inEscape(state.count, char, sink);
    case 'late':
      return inLate(char, sink);
    case 'escape-intermediate':
      return whileIn(state, char, sink, () => (isBetween(char, 0x20, 0x2f) ? state : ground));
    case 'csi':
      return whileIn(state, char, sink, () => inCsi(state, char, sink));
    case 'ss3':
      return whileIn(state, char, sink, () => inSs3(state, char, sink));
    case 'string':
      return inString(state, char, sink);
    case 'string-escape':
      return char.code === escape ? state : inEscape(1, char, sink);
    case 'paste':
      return inPaste(state, char, sink);
  }
}

function inGround(char: Char, sink: Sink): State {
  const { code, text } = char;
  if (code === escape) return { name: 'escape', count: 1 };
  const begun = introduced(char);
  if (begun !== undefined) return begun;
  if (isBetween(char, 0x80, 0x9f)) return ground;
  if (text === '\r' || text === '\n' || text === '\t' || (code >= 0x20 && code !== deleted)) sink.text(text);
  else {
    const name = controlKey(code);
    if (name !== undefined) sink.key(name);
  }
  return ground;
}

/** The 8-bit form of what else begins with ESC. */
function introduced({ code }: Char): State | undefined {
  return isBetween({ code, text: '' }, 0x80, 0x9f)
    ? opened(String.fromCharCode(code - 0x40), false)
    : undefined;
}

function opened(letter: string, isLate: boolean): State | undefined {
  switch (letter) {
    case '[':
      return { name: 'csi', body: '[', isSpoiled: false };
    case 'O':
      return { name: 'ss3', body: 'O', isSpoiled: false, isLate };
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
      return { name: 'string', isOsc: letter === ']', ...(isLate && letter === 'P' && { late: letter }) };
    default:
      return undefined;
  }
}

function inEscape(count: number, char: Char, sink: Sink): State {
  if (char.code === escape) return { name: 'escape', count: count + 1 };
  if (char.code === ctrlC) sink.key('ctrl-c');
  if (isBetween(char, 0x20, 0x2f)) return { name: 'escape-intermediate' };
  const begun = opened(char.text, false) ?? introduced(char);
  // A key with Alt begins as a modified key does: nothing is bound to either.
  if (begun?.name === 'csi' || begun?.name === 'ss3') return { ...begun, isSpoiled: count > 1 };
  return begun ?? ground;
}

/** No terminal says SOS, and X is a key. The others are keys too, so they have to be followed by something at once. */
function inLate(char: Char, sink: Sink): State {
  return (char.text === 'X' ? undefined : opened(char.text, true)) ?? inGround(char, sink);
}

/** What interrupts a sequence is no part of it: ESC begins another one, and Ctrl-C is always heard. */
function whileIn(state: State, char: Char, sink: Sink, inside: () => State | Bytes): State | Bytes {
  if (char.code === escape) return { name: 'escape', count: 1 };
  if (char.code === ctrlC) sink.key('ctrl-c');
  if (char.code === ctrlC || isCancel(char)) return ground;
  const begun = introduced(char);
  if (begun !== undefined) return begun;
  if (!isControl(char) && char.code < deleted) return inside();
  return 'body' in state ? { ...state, isSpoiled: true } : state;
}

function inCsi(state: State & { name: 'csi' }, char: Char, sink: Sink): State | Bytes {
  const body = state.body.length < bodyMax ? state.body + char.text : state.body;
  // The Linux console writes F1 to F5 as ESC [ [ A and so on.
  const isLinuxKey = state.body === '[' && char.text === '[';
  if (isLinuxKey || isBetween(char, 0x20, 0x3f)) return { ...state, body };
  if (body === pasteStart) return { name: 'paste', text: '', ending: '' };
  pressKnown({ ...state, body }, sink);
  return bytesAfter(body) ?? ground;
}

function inSs3(state: State & { name: 'ss3' }, char: Char, sink: Sink): State {
  const body = state.body.length < bodyMax ? state.body + char.text : state.body;
  // Modified keys have parameters before their letter.
  if (isBetween(char, 0x30, 0x3b)) return { ...state, body, isLate: false };
  pressKnown({ ...state, body }, sink);
  return ground;
}

function pressKnown({ body, isSpoiled }: Body, sink: Sink): void {
  const name = isSpoiled ? undefined : knownKeys.get(body);
  if (name !== undefined) sink.key(name);
}

/** What a terminal says so begins with a parameter; a person's next key is another one. */
function inString(state: State & { name: 'string' }, char: Char, sink: Sink): State {
  const { isOsc, late } = state;
  if (late !== undefined && char.code !== escape && !isBetween(char, 0x21, 0x3f)) {
    sink.text(late);
    return inGround(char, sink);
  }
  if (char.code === escape) return { name: 'string-escape', isOsc };
  const isEnd = char.code === stringEnd || isCancel(char) || (isOsc && char.code === bell);
  return isEnd ? ground : { name: 'string', isOsc };
}

function inPaste(state: State & { name: 'paste' }, { code, text }: Char, sink: Sink): State {
  const ending = state.ending + text;
  if (ending === pasteEnd) {
    sink.paste(state.text);
    return ground;
  }
  if (pasteEnd.startsWith(ending)) return { ...state, ending };
  // It was not the end after all, and this may begin it.
  const isBegun = code === escape;
  const more = state.ending + (isBegun ? '' : text);
  const kept = state.text.length < pasteMax ? state.text + more : state.text;
  return { ...state, text: kept, ending: isBegun ? text : '' };
}
