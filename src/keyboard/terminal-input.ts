import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../world/clock.ts';
import { type InputEvent, createInputDecoder } from './input-decoder.ts';
import { modesOf } from './terminal-modes.ts';

export type TerminalEvent =
  | InputEvent
  /** A report or a paste that was begun does not end: nothing arrives until it does. */
  | { readonly kind: 'held'; readonly by: 'report' | 'paste' }
  | { readonly kind: 'released' };

/** What came with one read. */
export type TerminalListener = (events: readonly TerminalEvent[]) => void;

/** The keyboard of this terminal, for whoever draws on it. */
export type TerminalInput = {
  /** Each key by itself and unechoed, reports of mouse and focus off. */
  take(): void;
  /** The terminal as a shell wants it, reports off. */
  give(): void;
  /** Whom events go to from now on; what nobody heeds is lost. Returns a way to stop. */
  heed(listener: TerminalListener): () => void;
};

export type TerminalStreams = {
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(isRaw: boolean): unknown };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
};

/** Shorter and a slow link makes an Esc of the first byte of a sequence; longer and a person waits for it. */
export const escapeWaitMs = 150;
/** A report or a paste comes at one go, but for a link that stalls. */
export const heldAfterMs = 1000;
const ctrlC = 0x03;

/**
 * Reads standard input from `take` to `give`. It is told to flow each time: a paused one stays deaf to a mere listener.
 * For who draws, and sees to it that it is as before however we end, pastes are marked and a wheel sends arrows.
 */
export function openTerminalInput(
  { stdin, stdout }: TerminalStreams,
  clock: Clock,
  { isDrawing }: { readonly isDrawing: boolean },
): TerminalInput {
  const decoder = createInputDecoder();
  let listener: TerminalListener = () => undefined;
  let isTaken = false;
  let isHeld = false;
  let lastMs = -Infinity;
  let next = new AbortController();

  const tell = (events: readonly TerminalEvent[]): void => {
    if (isTaken && events.length > 0) listener(events);
  };

  const read = (bytes: Buffer): void => {
    next.abort();
    next = new AbortController();
    const nowMs = clock.monotonic();
    const isAlone = bytes.length === 1 && nowMs - lastMs >= heldAfterMs;
    lastMs = nowMs;
    // The way out for a person: where it is one of many bytes, or soon after others, it is part of what is held.
    if (isHeld && isAlone && bytes[0] === ctrlC) decoder.reset();
    else tell(decoder.take(bytes));
    if (isHeld && heldBy() === undefined) {
      isHeld = false;
      tell([{ kind: 'released' }]);
    }
    void waitForMore(next.signal);
  };

  const heldBy = (): 'report' | 'paste' | undefined => {
    const pending = decoder.pending();
    return pending === 'report' || pending === 'paste' ? pending : undefined;
  };

  const waitForMore = async (signal: AbortSignal): Promise<void> => {
    const by = heldBy();
    if (by !== undefined && !isHeld) {
      await clock.sleep(heldAfterMs, signal);
      if (signal.aborted) return;
      isHeld = true;
      tell([{ kind: 'held', by }]);
    }
    if (decoder.pending() !== 'escape') return;
    await clock.sleep(escapeWaitMs, signal);
    // What lies there already is read only in the next turn.
    await clock.sleep(0, signal);
    if (!signal.aborted) tell(decoder.expire());
  };

  return {
    take: () => {
      if (isTaken) return;
      isTaken = true;
      if (stdin.isTTY === true) stdin.setRawMode?.(true);
      if (stdout.isTTY === true) stdout.write(modesOf(isDrawing).taken);
      stdin.on('data', read);
      stdin.resume();
    },
    give: () => {
      if (!isTaken) return;
      isTaken = false;
      stdin.off('data', read);
      stdin.pause();
      if (stdout.isTTY === true) stdout.write(modesOf(isDrawing).given);
      if (stdin.isTTY === true) stdin.setRawMode?.(false);
    },
    heed: (heard) => {
      listener = heard;
      return () => {
        if (listener === heard) listener = () => undefined;
      };
    },
  };
}
