import { rivalOf } from '../../core/registry/lease.ts';
import type { Clock } from '../../world/clock.ts';
import type { OwnInstance } from '../../world/registry.ts';
import { type ClaimOptions, claimFor, readClaims } from './lease-claims.ts';

export const beatEveryMs = 5000;

/** A holder that could not confirm for this long writes nothing more: its registration ends 30 s after its last beat. */
export const unconfirmedMaxMs = 15_000;

export type Lease = {
  /** Gives it back. */
  release(): Promise<void>;
};

/** Beats until released. A lease that was forgotten meanwhile is taken again, unless somebody else holds it now. */
export function keepLease(options: ClaimOptions, own: OwnInstance): Lease {
  const { presence, clock, onNews } = options;
  const stop = new AbortController();
  const keeping = (async () => {
    let confirmedAt = clock.monotonic();
    let isLost = false;
    while (!stop.signal.aborted) {
      await clock.sleep(beatEveryMs, stop.signal);
      if (stop.signal.aborted) return;
      const confirming = confirm(options, own);
      if (!isLost && !(await isSettledBy(confirmedAt + unconfirmedMaxMs, confirming, clock))) {
        onNews('lost');
        isLost = true;
      }
      const found = await confirming;
      const isConfirmed = found === 'confirmed';
      if (isConfirmed) confirmedAt = clock.monotonic();
      if (isConfirmed === isLost) {
        if (isLost) onNews('regained');
        else if (found !== 'taken' && clock.monotonic() - confirmedAt < unconfirmedMaxMs) continue;
        else onNews('lost');
        isLost = !isLost;
      }
    }
  })();
  return {
    release: async () => {
      stop.abort();
      await keeping;
      await presence.withdraw(own);
    },
  };
}

/** No answer is none: whoever else claims does not wait for it either. */
async function isSettledBy(endMs: number, answer: Promise<unknown>, clock: Clock): Promise<boolean> {
  const settled = new AbortController();
  const late = clock.sleep(Math.max(0, endMs - clock.monotonic()), settled.signal).then(() => false);
  const isInTime = await Promise.race([answer.then(() => true), late]);
  settled.abort();
  return isInTime;
}

/** `taken`: somebody else holds it by now, and writes. */
async function confirm(
  options: ClaimOptions,
  own: OwnInstance,
): Promise<'confirmed' | 'unconfirmed' | 'taken'> {
  const { presence } = options;
  const answer = await presence.beat(own);
  if (!answer.ok) return 'unconfirmed';
  if (answer.value === 'known') return 'confirmed';
  // Whoever claims asks every node; for a holder, one that died in the meantime need not be asked.
  const read = await readClaims(options, Math.floor(options.nodes.length / 2) + 1);
  if (!read.ok) return 'unconfirmed';
  if (rivalOf(claimFor(options, 'holding'), read.claims) !== undefined) return 'taken';
  return (await presence.announce(own)).ok ? 'confirmed' : 'unconfirmed';
}
