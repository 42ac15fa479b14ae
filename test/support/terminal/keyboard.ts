import { EventEmitter } from 'node:events';
import {
  type TerminalEvent,
  type TerminalInput,
  type TerminalStreams,
  openTerminalInput,
} from '../../../src/keyboard/terminal-input.ts';
import type { Clock } from '../../../src/world/clock.ts';

export type Keyboard = {
  readonly input: TerminalInput;
  /** What the terminal sends with one read. */
  send(bytes: string | Uint8Array): void;
  /** Raw mode as it was set, in turn. */
  readonly modes: readonly boolean[];
  written(): string;
  isFlowing(): boolean;
};

/** A terminal without a screen. */
export function keyboard(clock: Clock): Keyboard {
  const stdin = new EventEmitter();
  const modes: boolean[] = [];
  let isFlowing = false;
  let written = '';
  Object.assign(stdin, {
    isTTY: true,
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
    resume: () => (isFlowing = true),
    pause: () => (isFlowing = false),
  });
  const stdout = { isTTY: true, write: (text: string) => (written += text) };
  const streams = { stdin, stdout } as unknown as TerminalStreams;
  return {
    input: openTerminalInput(streams, clock, { isDrawing: true }),
    send: (bytes) => stdin.emit('data', Buffer.from(bytes)),
    modes,
    written: () => written,
    isFlowing: () => isFlowing,
  };
}

/** Everything that a keyboard told, one after the other. */
export function heard({ input }: Keyboard): TerminalEvent[] {
  const all: TerminalEvent[] = [];
  input.heed((events) => all.push(...events));
  input.take();
  return all;
}
