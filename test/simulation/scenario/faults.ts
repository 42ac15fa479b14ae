import type { InstanceId } from '../../../src/core/registry/service.ts';
import type { Clock } from '../../../src/world/clock.ts';
import { type Random, seededRandom } from './random.ts';

type Window = { readonly fromMs: number; readonly toMs: number };

/** What goes wrong with the registry, and when. */
export type Faults = {
  /** No Raft leader: writes fail. */
  readonly leaderless: readonly Window[];
  /** A node does not answer. */
  readonly silent: readonly (Window & { readonly node: number; readonly isQuick: boolean })[];
  /** A node answers with what it knew at the beginning. */
  readonly frozen: readonly (Window & { readonly node: number })[];
  /** What a node, or every one, lists of an instance cannot be read. */
  readonly garbled: readonly (Window & {
    readonly node: number | undefined;
    readonly instance: InstanceId;
  })[];
  /** With the write of that number what a node, or every one, lists of its instance begins to be unreadable, for so long. */
  readonly spoilingWrites: readonly {
    readonly number: number;
    readonly node: number | undefined;
    readonly forMs: number;
  }[];
  /** So many records that nobody can read are listed in every service, from beginning to end. */
  readonly strangers: number;
  readonly lostReads: number;
  readonly slowReads: number;
  /** Of all writes: never arrive, applied without an answer, applied up to 12 s after the time-out, never answered. */
  readonly writes: {
    readonly refused: number;
    readonly unanswered: number;
    readonly late: number;
    readonly lost: number;
  };
  /** From then on the sun shines. */
  readonly calmFromMs: number;
};

export const noFaults: Faults = {
  leaderless: [],
  silent: [],
  frozen: [],
  garbled: [],
  spoilingWrites: [],
  strangers: 0,
  lostReads: 0,
  slowReads: 0,
  writes: { refused: 0, unanswered: 0, late: 0, lost: 0 },
  calmFromMs: 0,
};

export function drawFaults(random: Random, nodeCount: number, calmFromMs: number): Faults {
  const roughness = random.pick([0, 0, 0.3, 1]);
  if (roughness === 0 && random.chance(0.6)) return noFaults;
  const windows = (most: number, longestMs: number): Window[] =>
    Array.from({ length: random.int(0, most) }, () => {
      const fromMs = random.int(0, calmFromMs);
      return { fromMs, toMs: Math.min(calmFromMs, fromMs + random.int(500, longestMs)) };
    });
  const anyNode = (): number => random.int(0, nodeCount - 1);
  return {
    leaderless: windows(2, 12_000),
    silent: windows(2, random.pick([25_000, 25_000, 90_000])).map((window) => ({
      ...window,
      node: anyNode(),
      isQuick: random.chance(0.5),
    })),
    frozen: windows(1, 20_000).map((window) => ({ ...window, node: anyNode() })),
    garbled: [],
    spoilingWrites: [],
    strangers: 0,
    lostReads: roughness * random.float() * 0.05,
    slowReads: roughness * random.float() * 0.2,
    writes: {
      refused: roughness * random.float() * 0.15,
      unanswered: roughness * random.float() * 0.15,
      late: roughness * random.float() * 0.15,
      lost: roughness * random.float() * 0.1,
    },
    calmFromMs,
  };
}

export function isNow(clock: Clock, { fromMs, toMs }: Window): boolean {
  const now = clock.monotonic();
  return now >= fromMs && now < toMs;
}

export function isWithin(clock: Clock, windows: readonly Window[]): boolean {
  return windows.some((window) => isNow(clock, window));
}

/** Chance of its own, so that every other is as it was; the seeds that were kept do not meet with it. */
const systemSalt = 1308;

export type System = { refuses(): boolean };

/** A system that now and then does not start a command: a full environment, a directory that is gone. */
export function drawSystem(seed: number): System {
  const random = seededRandom(seed ^ systemSalt);
  const share = random.chance(0.08) ? random.pick([0.1, 0.4]) : 0;
  return { refuses: () => share > 0 && random.chance(share) };
}
