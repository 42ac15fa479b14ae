import type { WriteOutcome } from '../../world/registry.ts';

/** An accepted write shows after 0.6 s (src/nacos/README.md, Read-back); after this long without showing it is sent again. */
export const resendAfterMs = 5000;
export const retryAfterMs = 1000;

/** The last write that was sent, and what the server said to it. */
export type Sent = {
  readonly outcome: WriteOutcome['kind'];
  readonly atMs: number;
  /** Refused because it is not registered, while no list named it. */
  readonly isMissing: boolean;
};

/** What a look at every server node that counts came to. */
export type Look = {
  /** Whether each shows it as wished, to the operator and to consumers. */
  readonly isShown: boolean;
  /** Whether no list names it. */
  readonly isAway: boolean;
  /** It was asked to leave: it is back only when it is listed. */
  readonly mustBeListed: boolean;
  /** Whether any of them answered. */
  readonly hasAnswer: boolean;
  /** Its address is registered, and not as wished, in a cluster that no write of ours has gone to. */
  readonly hasUnwritten: boolean;
  /** What somebody else did to it shows, and nothing is written over that. */
  readonly isTheirs: boolean;
};

export type Move =
  | 'write'
  | 'wait'
  /** Read back, or away where nothing is remembered: that is as good as it gets. */
  | 'done'
  /** There is nothing to write to, and nothing of ours waits for it. */
  | 'give-up';

/** What to do after a look, until a registration shows as `enabled`. `isOurs`: a mark of ours may wait for it. */
export function nextMove(
  wish: { readonly enabled: boolean; readonly isOurs: boolean },
  sent: Sent | undefined,
  look: Look,
  nowMs: number,
): Move {
  const isGone = sent?.isMissing === true && look.isAway && !look.mustBeListed;
  if (isGone) return wish.isOurs ? 'done' : 'give-up';
  // A list may not show yet that it went off, and shows no mark on what is away: only the server's word tells that it
  // is on again.
  const isProven = sent?.outcome === 'accepted' || (sent?.outcome === 'unknown' && !wish.enabled);
  if (look.isShown && isProven) return 'done';
  return look.hasAnswer && !look.isTheirs && (look.hasUnwritten || isDue(sent, nowMs)) ? 'write' : 'wait';
}

function isDue(sent: Sent | undefined, nowMs: number): boolean {
  if (sent === undefined) return true;
  return nowMs - sent.atMs >= (sent.outcome === 'refused' ? retryAfterMs : resendAfterMs);
}
