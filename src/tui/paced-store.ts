import type { Clock } from '../world/clock.ts';
import type { Message } from './model/message.ts';
import type { Store } from './store.ts';

/** Beside a rollout, or while a long list comes, there is news many times a second. */
const everyMs = 125;

const byPerson: ReadonlySet<Message['type']> = new Set(['key-pressed', 'pasted', 'resized']);

/** The same for whoever draws it: told at once of what a person did, and of what comes by itself eight times a second at most. */
export function pacedStore(store: Store, clock: Clock, signal: AbortSignal): Store {
  return {
    ...store,
    subscribe: (listener) => {
      let toldMs = Number.NEGATIVE_INFINITY;
      let isDue = false;
      const tell = (message: Message): void => {
        toldMs = clock.monotonic();
        listener(message);
      };
      const tellLater = async (message: Message, leftMs: number): Promise<void> => {
        isDue = true;
        await clock.sleep(leftMs, signal);
        isDue = false;
        if (!signal.aborted) tell(message);
      };
      return store.subscribe((message) => {
        const leftMs = toldMs + everyMs - clock.monotonic();
        if (byPerson.has(message.type) || (leftMs <= 0 && !isDue)) tell(message);
        else if (!isDue) void tellLater(message, leftMs);
      });
    },
  };
}
