import type { Clock } from '../world/clock.ts';
import type { Message } from './model/message.ts';
import type { Store } from './store.ts';

/** Beside a rollout, or while a long list comes, there is news many times a second. */
const newsEveryMs = 125;
/** A key that is held down comes as often as this; each frame costs bytes on the link. */
const keysEveryMs = 33;

const byPerson: ReadonlySet<Message['type']> = new Set(['key-pressed', 'pasted', 'resized']);

/**
 * The same for whoever draws it: told at once of what a person did, if not of a key just before, and of what comes by
 * itself eight times a second at most.
 */
export function pacedStore(store: Store, clock: Clock, signal: AbortSignal): Store {
  return {
    ...store,
    subscribe: (listener) => {
      const toldMs = { any: Number.NEGATIVE_INFINITY, person: Number.NEGATIVE_INFINITY };
      let dueMs = Number.POSITIVE_INFINITY;
      const tell = (message: Message): void => {
        dueMs = Number.POSITIVE_INFINITY;
        toldMs.any = clock.monotonic();
        if (byPerson.has(message.type)) toldMs.person = toldMs.any;
        listener(message);
      };
      const tellAt = async (message: Message, atMs: number): Promise<void> => {
        dueMs = atMs;
        await clock.sleep(atMs - clock.monotonic(), signal);
        // Somebody may have told it sooner.
        if (!signal.aborted && dueMs === atMs) tell(message);
      };
      return store.subscribe((message) => {
        const atMs = byPerson.has(message.type) ? toldMs.person + keysEveryMs : toldMs.any + newsEveryMs;
        if (atMs <= clock.monotonic()) tell(message);
        else if (atMs < dueMs) void tellAt(message, atMs);
      });
    },
  };
}
