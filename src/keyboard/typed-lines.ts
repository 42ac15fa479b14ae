import type { Readable } from 'node:stream';
import { createInputDecoder } from './input-decoder.ts';

/** Lines that a person types at a terminal that edits them itself, without what the terminal says of itself. */
export type TypedLines = {
  /** The next line; undefined when the input ends instead. */
  next(): Promise<string | undefined>;
  /** Each line from now on, and whether the input ends. Returns a way to stop; lines that come later wait. */
  follow(listener: (line: string) => void, ended?: () => void): () => void;
};

/** A report holds no line end; one that goes on after as many of them is none, or will never end. */
const lineEndsInReport = 2;

export function openTypedLines(stdin: Readable): TypedLines {
  const reader = createLineReader();
  const waiting: string[] = [];
  let hasEnded = false;
  stdin.once('end', () => {
    hasEnded = true;
  });

  const follow = (listener: (line: string) => void, ended = (): void => undefined): (() => void) => {
    const over = new AbortController();
    const handOn = (): void => {
      while (!over.signal.aborted && waiting.length > 0) listener(waiting.shift() ?? '');
    };
    const read = (bytes: Buffer): void => {
      waiting.push(...reader.take(bytes));
      handOn();
    };
    const stop = (): void => {
      over.abort();
      stdin.off('data', read);
      stdin.off('end', ended);
      stdin.pause();
    };
    stdin.on('data', read);
    stdin.once('end', ended);
    stdin.resume();
    handOn();
    if (hasEnded && !over.signal.aborted) ended();
    return stop;
  };

  const next = (): Promise<string | undefined> => {
    if (hasEnded || waiting.length > 0) return Promise.resolve(waiting.shift());
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    const ended = (): void => resolve(undefined);
    const stop = follow((line) => {
      stop();
      resolve(line);
    }, ended);
    return promise;
  };

  return { next, follow };
}

function createLineReader(): { take(bytes: Uint8Array): readonly string[] } {
  const decoder = createInputDecoder();
  let text = '';
  let swallowed = 0;

  const takeEvents = (events: ReturnType<typeof decoder.take>): readonly string[] => {
    const lines: string[] = [];
    for (const event of events) {
      if (event.kind === 'key') continue;
      // What was pasted between marks is text: only the Enter after it ends the line.
      const typed = event.kind === 'paste' ? event.text.replaceAll(/[\r\n]+/g, ' ') : event.text;
      const parts = (text + typed).split(/[\r\n]/);
      text = parts.pop() ?? '';
      lines.push(...parts);
    }
    return lines;
  };

  const takeByte = (byte: number): readonly string[] => {
    const isEnd = byte === 0x0a || byte === 0x0d;
    // Esc and then Enter, for a terminal never says so.
    if (isEnd && decoder.pending() === 'escape') decoder.expire();
    const lines = takeEvents(decoder.take(Uint8Array.of(byte)));
    const pending = decoder.pending();
    swallowed = pending === 'report' || pending === 'paste' ? swallowed + (isEnd ? 1 : 0) : 0;
    if (swallowed < lineEndsInReport) return lines;
    decoder.reset();
    text = '';
    swallowed = 0;
    return lines;
  };

  return { take: (bytes) => Array.from(bytes).flatMap(takeByte) };
}
