import type { TerminalEvent, TerminalInput } from '../keyboard/terminal-input.ts';
import type { Clock } from '../world/clock.ts';
import { typedBy } from './model/key-press.ts';
import type { Store } from './store.ts';
import type { Suspension } from './suspension.ts';

type Parts = {
  readonly store: Pick<Store, 'dispatch'>;
  readonly clock: Clock;
  readonly suspension: Suspension | undefined;
};

/** Turns keys and pastes into messages. Returns a way to stop. */
export function heedInput(input: TerminalInput, { store, clock, suspension }: Parts): () => void {
  const heed = (events: readonly TerminalEvent[]): void => {
    const now = { monotonicMs: clock.monotonic(), wallMs: clock.wallClock() };
    for (const event of events) {
      if (event.kind === 'held') store.dispatch({ type: 'input-held', by: event.by });
      if (event.kind === 'released') store.dispatch({ type: 'input-released' });
    }
    for (const typed of typedBy(events.filter(isTyped))) {
      if (typed.kind === 'paste') store.dispatch({ type: 'pasted', text: typed.text });
      else if (typed.press.name === 'ctrl-z') suspension?.ask();
      else store.dispatch({ type: 'key-pressed', press: typed.press, now });
    }
  };
  return input.heed(heed);
}

type Said = Extract<TerminalEvent, { kind: 'held' | 'released' }>;

function isTyped(event: TerminalEvent): event is Exclude<TerminalEvent, Said> {
  return event.kind !== 'held' && event.kind !== 'released';
}
