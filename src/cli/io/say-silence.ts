import type { Clock } from '../../world/clock.ts';
import type { Watch } from '../../world/registry.ts';
import { watchSilence } from '../../world/silence.ts';
import type { Cli } from './command-ports.ts';

/** How soon the same is not said again. */
const againMs = 10_000;

/** Says on standard error who is waited for, where somebody says nothing for a second. */
export function sayingSilence({ output, words }: Cli, clock: Clock): Watch {
  let said: { readonly address: string; readonly atMs: number } | undefined;
  return watchSilence(clock, (silence) => {
    if (silence === undefined) return;
    const { address } = silence;
    const atMs = clock.monotonic();
    if (said?.address === address && atMs - said.atMs < againMs) return;
    said = { address, atMs };
    output.talk(words.failures.silence(silence));
  });
}

/** Says what is being done, and again, while something of ours takes its time. */
export async function sayingWhile<T>(
  { output }: Cli,
  clock: Clock,
  sentence: string,
  doing: Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const say = async (): Promise<void> => {
    await clock.sleep(1000, over.signal);
    while (!over.signal.aborted) {
      output.talk(sentence);
      await clock.sleep(againMs, over.signal);
    }
  };
  void say();
  return doing.finally(() => over.abort());
}
