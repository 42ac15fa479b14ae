import { Box, useApp, useInput, usePaste } from 'ink';
import { type ReactElement, useEffect, useSyncExternalStore } from 'react';
import type { Clock } from '../world/clock.ts';
import { LineText } from './components/line-text.tsx';
import { frame } from './frame.ts';
import { pressesOf } from './key-press.ts';
import type { Store } from './store.ts';
import type { Suspension } from './suspension.ts';

type Props = {
  readonly store: Store;
  readonly clock: Clock;
  readonly suspension?: Suspension | undefined;
};

/** Draws the model, and turns keys and pastes into messages. It holds nothing itself. */
export function App({ store, clock, suspension }: Props): ReactElement {
  const model = useSyncExternalStore(store.subscribe, store.model);
  const { suspendTerminal } = useApp();
  useEffect(
    () => suspension?.onAsked(() => void suspendTerminal(() => suspension.stop()).catch(() => undefined)),
    [suspension, suspendTerminal],
  );
  useInput((input, key) => {
    if (key.ctrl && input === 'z') return suspension?.ask();
    const now = { monotonicMs: clock.monotonic(), wallMs: clock.wallClock() };
    for (const press of pressesOf(input, key)) store.dispatch({ type: 'key-pressed', press, now });
  });
  usePaste((text) => store.dispatch({ type: 'pasted', text }));
  return (
    <Box flexDirection="column">
      {frame(model).map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line is its place on the screen
        <LineText key={index} line={line} hasColor={model.setting.hasColor} />
      ))}
    </Box>
  );
}
