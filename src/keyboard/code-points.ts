/** Puts code points together from bytes that come one by one. */
export type CodePoints = {
  /** The code point that this byte completes, if any. What is no UTF-8 is dropped; a byte from 0x80 to 0x9f is the 8-bit control that it is where there is no UTF-8. */
  take(byte: number): number | undefined;
};

type Begun = { readonly value: number; readonly missing: number; readonly smallest: number };

const firstBytes: readonly (Begun & { readonly from: number; readonly to: number; readonly mask: number })[] =
  [
    { from: 0xc2, to: 0xdf, mask: 0x1f, missing: 1, smallest: 0x80, value: 0 },
    { from: 0xe0, to: 0xef, mask: 0x0f, missing: 2, smallest: 0x800, value: 0 },
    { from: 0xf0, to: 0xf4, mask: 0x07, missing: 3, smallest: 0x10000, value: 0 },
  ];

/** How many bytes of a character may follow this one. */
export function followersOf(byte: number): number {
  return firstBytes.find(({ from, to }) => byte >= from && byte <= to)?.missing ?? 0;
}

export const isFollower = (byte: number): boolean => byte >= 0x80 && byte <= 0xbf;

const isSurrogate = (value: number): boolean => value >= 0xd800 && value <= 0xdfff;

export function createCodePoints(): CodePoints {
  let begun: Begun | undefined;

  const begin = (byte: number): number | undefined => {
    if (byte < 0xa0) return byte;
    const first = firstBytes.find(({ from, to }) => byte >= from && byte <= to);
    if (first !== undefined) begun = { ...first, value: byte & first.mask };
    return undefined;
  };

  return {
    take: (byte) => {
      const before = begun;
      begun = undefined;
      if (before === undefined || !isFollower(byte)) return begin(byte);
      const value = (before.value << 6) | (byte & 0x3f);
      if (before.missing > 1) {
        begun = { ...before, value, missing: before.missing - 1 };
        return undefined;
      }
      return value >= before.smallest && value <= 0x10ffff && !isSurrogate(value) ? value : undefined;
    },
  };
}
