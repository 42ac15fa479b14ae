import { createCodePoints } from './code-points.ts';
import { type Bytes, afterByte } from './mouse-bytes.ts';
import { type Char, type Sink, type State, afterChar, ground } from './input-states.ts';

export type InputEvent =
  | { readonly kind: 'key'; readonly name: string }
  /** Printable characters that came one after the other, with the Enters and Tabs among them. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'paste'; readonly text: string };

/** What is not over yet: a lone ESC may be the key; a report or a paste takes everything until it ends. */
export type Pending = 'nothing' | 'escape' | 'sequence' | 'report' | 'paste';

export type InputDecoder = {
  /** What these bytes are, after all that came before. */
  take(bytes: Uint8Array): readonly InputEvent[];
  pending(): Pending;
  /** Nothing followed the lone ESC: it was the key. */
  expire(): readonly InputEvent[];
  /** Gives up what is not over. */
  reset(): void;
};

/**
 * Tells keys, text and pastes from what a terminal says of itself, by the states that a terminal reads control sequences
 * with (ECMA-48; the parser of the VT500). A sequence that is no key of ours is nothing, finished or not and in however
 * many reads it comes: only a key, and text outside of every sequence, becomes an event.
 */
export function createInputDecoder(): InputDecoder {
  const codePoints = createCodePoints();
  let state: State | Bytes = ground;

  const takeByte = (byte: number, sink: Sink): void => {
    if (state.name === 'bytes') {
      const after: Bytes | 'over' | 'not-its-own' = afterByte(state, byte);
      state = typeof after === 'string' ? ground : after;
      if (after !== 'not-its-own') return;
    }
    const code = codePoints.take(byte);
    if (code !== undefined && state.name !== 'bytes') state = afterChar(state, charOf(code), sink);
  };

  return {
    take: (bytes) => {
      const { sink, events } = createSink();
      for (const byte of bytes) takeByte(byte, sink);
      return events;
    },
    pending: () => pendingIn(state),
    expire: () => {
      const { sink, events } = createSink();
      if (state.name === 'escape') {
        for (let count = 0; count < state.count; count += 1) sink.key('esc');
        state = { name: 'late' };
      } else if (state.name === 'ss3' && state.isLate) {
        sink.text('O');
        state = ground;
      } else if (state.name === 'string' && state.late !== undefined) {
        sink.text(state.late);
        state = ground;
      }
      return events;
    },
    reset: () => {
      state = ground;
    },
  };
}

function charOf(code: number): Char {
  return { code, text: String.fromCodePoint(code) };
}

function pendingIn(state: State | Bytes): Pending {
  switch (state.name) {
    case 'ground':
    case 'late':
      return 'nothing';
    case 'escape':
      return 'escape';
    case 'ss3':
      return state.isLate ? 'escape' : 'sequence';
    case 'string':
      return state.late === undefined ? 'report' : 'escape';
    case 'string-escape':
      return 'report';
    case 'paste':
      return 'paste';
    default:
      return 'sequence';
  }
}

function createSink(): { sink: Sink; events: InputEvent[] } {
  const events: InputEvent[] = [];
  const sink: Sink = {
    key: (name) => events.push({ kind: 'key', name }),
    paste: (text) => events.push({ kind: 'paste', text }),
    text: (text) => {
      const last = events.at(-1);
      if (last?.kind === 'text') events[events.length - 1] = { kind: 'text', text: last.text + text };
      else events.push({ kind: 'text', text });
    },
  };
  return { sink, events };
}
