import type { Clock } from './clock.ts';
import type { Asking, Watch } from './registry.ts';

/** What answers sooner than this is no silence: nobody needs to be told what is waited for. */
const silenceMs = 1000;

/** Tells which request has been waiting for an answer for a second, and `undefined` once none is any more. */
export function watchSilence(clock: Clock, told: (silence: Asking | undefined) => void): Watch {
  const waiting = new Set<Asking>();
  let last: Asking | undefined;

  const tell = (): void => {
    const nowMs = clock.monotonic();
    const silent = [...waiting].find(({ sinceMs }) => nowMs - sinceMs >= silenceMs);
    if (silent === last) return;
    last = silent;
    told(silent);
  };

  const tellLater = async (signal: AbortSignal): Promise<void> => {
    await clock.sleep(silenceMs, signal);
    if (!signal.aborted) tell();
  };

  return (asking) => {
    const over = new AbortController();
    waiting.add(asking);
    void tellLater(over.signal);
    return () => {
      over.abort();
      waiting.delete(asking);
      tell();
    };
  };
}

/** The same, until nobody wants to know any more. */
export function watchUntil(watch: Watch, signal: AbortSignal): Watch {
  return (asking) => {
    if (signal.aborted) return () => undefined;
    const over = watch(asking);
    signal.addEventListener('abort', over, { once: true });
    return () => {
      signal.removeEventListener('abort', over);
      over();
    };
  };
}
