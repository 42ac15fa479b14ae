import type { TerminalSession } from '../../support/terminal/terminal.ts';
import { until } from '../../support/time/until.ts';

type Piece = { readonly atMs: number; readonly bytes: number; readonly frames: number };

/** What a program writes to its terminal, and when. */
export type Traffic = {
  /** Since it was last forgotten. */
  bytes(): number;
  /** The bytes themselves, as far as they fit into a sentence. */
  text(): string;
  /** The most in any stretch of so many seconds. */
  mostBytesIn(seconds: number): number;
  mostFramesIn(seconds: number): number;
  forget(): void;
  /** Resolves once nothing has been written for so long. */
  quiet(ms: number): Promise<void>;
};

const beginFrame = '\x1b[?2026h';
const textMax = 600;

export function trafficOf(at: TerminalSession): Traffic {
  let pieces: Piece[] = [];
  let text = '';
  let lastMs = performance.now();
  at.onData((data) => {
    lastMs = performance.now();
    text = `${text}${data}`.slice(0, textMax);
    pieces.push({ atMs: lastMs, bytes: Buffer.byteLength(data), frames: data.split(beginFrame).length - 1 });
  });
  const most = (seconds: number, of: (piece: Piece) => number): number =>
    Math.max(
      0,
      ...pieces.map(({ atMs: from }) =>
        pieces
          .filter(({ atMs }) => atMs >= from && atMs < from + seconds * 1_000)
          .reduce((sum, piece) => sum + of(piece), 0),
      ),
    );
  return {
    bytes: () => pieces.reduce((sum, { bytes }) => sum + bytes, 0),
    text: () => JSON.stringify(text),
    mostBytesIn: (seconds) => most(seconds, ({ bytes }) => bytes),
    mostFramesIn: (seconds) => most(seconds, ({ frames }) => frames),
    forget: () => {
      pieces = [];
      text = '';
    },
    quiet: (ms) => until(() => performance.now() - lastMs >= ms, ms / 1_000 + 60),
  };
}
