import type { OffReason } from '../model/notice.ts';

/** Why a key does nothing now; undefined where it works. What says it is named for what a key does. */
export type Off = OffReason | undefined;

/** How long a screen that appeared by itself takes no decision. */
export const graceMs = 1000;

export function unless(isFine: boolean, reason: OffReason): Off {
  return isFine ? undefined : reason;
}

export function first(...reasons: readonly Off[]): Off {
  return reasons.find((reason) => reason !== undefined);
}
