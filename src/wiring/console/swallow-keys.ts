import type { TerminalInput } from '../../keyboard/terminal-input.ts';

/**
 * Takes what is typed before there is anything to press a key on, so that it is neither echoed nor found by the console
 * later. Returns a way to stop; Ctrl-C still ends.
 */
export function swallowKeys(input: TerminalInput, interrupted: () => void): () => void {
  input.take();
  return input.heed((events) => {
    if (events.some((event) => event.kind === 'key' && event.name === 'ctrl-c')) interrupted();
  });
}
