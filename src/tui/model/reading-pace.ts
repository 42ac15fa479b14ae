import { followedMax } from './followed.ts';
import type { Loaded, Model } from './model.ts';
import type { Now } from './now.ts';

type List = 'services' | 'instances';

/** How often each list is read by itself where nobody tells us of a change, and where it is the net beneath. */
export const readEveryMs = {
  services: { polled: 5_000, heard: 10_000 },
  instances: { polled: 1_500, heard: 5_000 },
} as const;
/** A server that takes long has as many times as long for others, but no longer than anybody would wait. */
const leftTimes = 4;
export const leftMaxMs = 30_000;
const shownMs = 5_000;
const stepMs = 5_000;
const minuteMs = 60_000;

/** How long after one reading the next one comes, as long as all is well: `plainMs`, or longer for a long list. */
export function nextReadMs(model: Model, list: List, plainMs: number): number {
  const count = list === 'services' ? (model.services.value?.items.length ?? 0) : 0;
  const leftMs = Math.min(leftMaxMs, leftTimes * (model[list].tookMs ?? 0));
  return Math.max(leftMs, plainMs * Math.max(1, count / followedMax));
}

/** How far what is shown can be trusted. Nothing of it counts as long as all is well: each change costs bytes on the link. */
export type Freshness =
  | { readonly kind: 'unread' }
  /** It could not be read since. */
  | { readonly kind: 'old'; readonly ageMs: number }
  /** For a moment, after a key that asked for it. */
  | { readonly kind: 'just-read' }
  /** We are told of each change. */
  | { readonly kind: 'live' }
  | { readonly kind: 'every'; readonly ms: number };

export function freshnessOf(model: Model, list: List, now: Now): Freshness {
  const { problem, isKept, isHeard = false, askedAtMs = -Infinity } = model[list];
  const ageMs = shownAgeMs(model[list], now);
  if (ageMs === undefined) return { kind: 'unread' };
  if (problem !== undefined || isKept === true) return { kind: 'old', ageMs };
  if (now.monotonicMs - askedAtMs < shownMs) return { kind: 'just-read' };
  if (isHeard) return { kind: 'live' };
  const ms = nextReadMs(model, list, readEveryMs[list].polled);
  const whole = ms < minuteMs ? Math.ceil(ms / stepMs) * stepMs : Math.round(ms / minuteMs) * minuteMs;
  return { kind: 'every', ms: whole };
}

export function isSameFreshness(one: Freshness, other: Freshness): boolean {
  const numberOf = (of: Freshness): number =>
    of.kind === 'old' ? of.ageMs : of.kind === 'every' ? of.ms : 0;
  return one.kind === other.kind && numberOf(one) === numberOf(other);
}

/**
 * How old what is shown is, in whole steps, so that it need not be drawn each second: of five seconds, and from a minute
 * on of a minute. 0 where it was read just now; undefined where nothing was read.
 */
function shownAgeMs({ valueAtMs }: Loaded<unknown>, now: Now): number | undefined {
  if (valueAtMs === undefined) return undefined;
  const ageMs = Math.max(0, now.monotonicMs - valueAtMs);
  const step = ageMs < minuteMs ? stepMs : minuteMs;
  return Math.floor(ageMs / step) * step;
}
