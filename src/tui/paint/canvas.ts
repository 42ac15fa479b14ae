import type { Look } from '../draw/colors.ts';
import type { Line } from '../draw/line.ts';
import { type Picture, frameBytes, pictureOf } from './frame-bytes.ts';

/** The part of a terminal's standard output that is drawn on. */
export type CanvasOutput = { write(bytes: string): unknown };

/** The alternate screen of a terminal. */
export type Canvas = {
  /** Takes the screen, and hides the cursor. */
  open(): void;
  /** Writes what has changed. Nothing while it is closed. */
  draw(lines: readonly Line[], columns: number): void;
  /** Somebody else may have written on it, or its window has changed: the next frame is drawn whole. */
  forget(): void;
  /** Gives the screen back as it was found. */
  close(): void;
};

const enter = '\x1b[?1049h\x1b[?25l';
const leave = '\x1b[?25h\x1b[?1049l';

export function openCanvas(output: CanvasOutput, look: Look): Canvas {
  let isOpen = false;
  let picture: Picture | undefined;
  return {
    open: () => {
      if (isOpen) return;
      isOpen = true;
      output.write(enter);
    },
    draw: (lines, columns) => {
      if (!isOpen) return;
      const next = pictureOf(lines, columns, look, picture);
      const bytes = frameBytes(picture, next);
      picture = next;
      if (bytes !== '') output.write(bytes);
    },
    forget: () => {
      picture = undefined;
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      picture = undefined;
      output.write(leave);
    },
  };
}
