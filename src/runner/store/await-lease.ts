import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { Lease } from './keep-lease.ts';
import type { ClaimOptions } from './lease-claims.ts';
import { claimLease } from './lease.ts';

const againEveryMs = 2000;

/**
 * Claims what could not be claimed, as the registry did not answer, until it is held; `onNews` hears of that. An error
 * that `mayPass` does not name ends it too: nothing can be registered here, and the lock of this machine is all there is.
 * Whoever holds it meanwhile is waited for.
 */
export function awaitLease(options: ClaimOptions, mayPass: (error: RegistryError) => boolean): Lease {
  const { clock, onNews } = options;
  const stop = new AbortController();
  let held: Lease | undefined;
  const seeking = (async () => {
    for (;;) {
      await clock.sleep(againEveryMs, stop.signal);
      if (stop.signal.aborted) return;
      const claimed = await claimLease(options);
      if (claimed.kind === 'held') held = claimed.lease;
      const isOver = claimed.kind === 'held' || (claimed.kind === 'unavailable' && !mayPass(claimed.error));
      if (isOver && !stop.signal.aborted) onNews('regained');
      if (isOver) return;
    }
  })();
  return {
    release: async () => {
      stop.abort();
      await seeking;
      await held?.release();
    },
  };
}
