import { visible } from '../../../src/core/text/visible.ts';
import type { Line } from '../../../src/tui/draw/line.ts';
import type { Size } from '../../../src/tui/model/model.ts';
import { type Picture, frameBytes, pictureOf } from '../../../src/tui/paint/frame-bytes.ts';
import { type Emulator, emulator, rowOf } from '../../support/terminal/emulator.ts';

export const sizes: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
];

/** A terminal on which one frame is drawn after the other, as a console does. */
export type Watched = {
  readonly size: Size;
  /** What it does that no frame may make it do. */
  draw(lines: readonly Line[]): Promise<string | undefined>;
};

/** All that a frame may have a terminal do, after its CSI. */
const obeyed = /^(?:\?2026[hl]|[\d;]*[ABCDGHJKLMPSTXdmr@])/;
const csi = '\x1b[';
const look = { hasColor: true, theme: 'terminal', depth: 4 } as const;

export function watched(size: Size): Watched {
  const at = emulator(size.columns, size.rows);
  const opened = at.write('\x1b[?1049h\x1b[?25l');
  let before: Picture | undefined;
  return {
    size,
    draw: async (lines) => {
      await opened;
      const state = stateOf(at);
      const picture = pictureOf(lines, size.columns, look, before);
      const bytes = frameBytes(before, picture);
      const letters = lettersOf(bytes);
      if (visible(letters) !== letters) return `writes ${JSON.stringify(visible(letters))}`;
      await at.write(bytes);
      before = picture;
      if (stateOf(at) !== state) return `leaves ${stateOf(at)} of ${state}`;
      const row = picture.rows.findIndex((_painted, index) => !isDrawn(at, picture, index));
      if (row !== -1) return `row ${row} reads ${JSON.stringify(textOf(at, row))}`;
      // What comes next is drawn over a screen that was moved.
      before = undefined;
      return await leftOn(at);
    },
  };
}

/** Without what a frame may have a terminal do. */
function lettersOf(bytes: string): string {
  const [first = '', ...others] = bytes.split(csi);
  return first + others.map((part) => (obeyed.test(part) ? part.replace(obeyed, '') : csi + part)).join('');
}

/** What a frame may not change, as far as a terminal tells of it. */
function stateOf({ terminal, titles, bells, answers }: Emulator): string {
  const { modes, buffer } = terminal;
  return JSON.stringify({ modes, type: buffer.active.type, titles, bells: bells(), answers });
}

function isDrawn(at: Emulator, { rows }: Picture, row: number): boolean {
  const painted = rows[row];
  if (painted === undefined || painted.isDoubtful) return true;
  return (
    textOf(at, row) ===
    painted.cells
      .map((cell) => cell.text)
      .join('')
      .trimEnd()
  );
}

function textOf({ terminal }: Emulator, row: number): string {
  return (terminal.buffer.active.getLine(row)?.translateToString(true) ?? '').trimEnd();
}

/** Letters that would be lines, colours that would stay and rows that would not scroll. */
async function leftOn(at: Emulator): Promise<string | undefined> {
  await at.write('\x1b[2J\x1b[2;1Hqx');
  const drawn = rowOf(at.terminal, 1);
  if (drawn !== 'qx') return `makes ${drawn} of letters`;
  await at.write(`\x1b[${at.terminal.rows};1H\n`);
  return rowOf(at.terminal, 0) === 'qx' ? undefined : 'leaves a part of the screen that does not scroll';
}
