import { Box, useApp } from 'ink';
import { type ReactElement, useEffect, useSyncExternalStore } from 'react';
import { LineText } from './components/line-text.tsx';
import { frame } from './screens/frame.ts';
import type { Store } from './store.ts';
import type { Suspension } from './suspension.ts';

type Props = {
  readonly store: Store;
  readonly suspension?: Suspension | undefined;
};

/** Draws the model. It holds nothing itself. */
export function App({ store, suspension }: Props): ReactElement {
  const model = useSyncExternalStore(store.subscribe, store.model);
  const { suspendTerminal } = useApp();
  useEffect(
    () => suspension?.onAsked(() => void suspendTerminal(() => suspension.stop()).catch(() => undefined)),
    [suspension, suspendTerminal],
  );
  return (
    <Box flexDirection="column">
      {frame(model).map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a line is its place on the screen
        <LineText key={index} line={line} hasColor={model.setting.hasColor} />
      ))}
    </Box>
  );
}
