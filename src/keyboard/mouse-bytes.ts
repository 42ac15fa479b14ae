import { followersOf, isFollower } from './code-points.ts';

/**
 * The oldest mouse reports end in raw bytes: a button, a column, a row. They may be any bytes, ESC and Ctrl-C among them;
 * in mode 1005, and after a program that repairs what is no UTF-8, each is a character of several bytes instead.
 */
export type Bytes = {
  readonly name: 'bytes';
  readonly left: number;
  /** Bytes that belong to the last one where it begins a character. */
  readonly followers: number;
  /** Two bytes were taken for one: it may have been two, and what seems to be left is not. */
  readonly isUnsure: boolean;
};

/** How many raw bytes follow a sequence that has no parameters. */
const counts: Readonly<Record<string, number>> = { '[M': 3, '[t': 2, '[T': 6 };

export function bytesAfter(sequence: string): Bytes | undefined {
  const left = counts[sequence];
  return left === undefined ? undefined : { name: 'bytes', left, followers: 0, isUnsure: false };
}

const escape = 0x1b;

/** `not-its-own`: the report was over before this byte. In doubt a byte belongs to it: a lost key is pressed again. */
export function afterByte(state: Bytes, byte: number): Bytes | 'over' | 'not-its-own' {
  if (state.followers > 0 && isFollower(byte)) {
    const followers = state.followers - 1;
    return state.left === 0 && followers === 0 ? 'over' : { ...state, followers, isUnsure: true };
  }
  if (state.left === 0 || (state.isUnsure && byte === escape)) return 'not-its-own';
  const left = state.left - 1;
  const followers = followersOf(byte);
  return left === 0 && followers === 0 ? 'over' : { ...state, left, followers };
}
