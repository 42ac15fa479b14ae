import type { Rollout } from '../../core/rollout/rollout.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { underWay } from './under-way.ts';

const everyMs = 30_000;

type Heard = { readonly rollout: Rollout | undefined; saidAtMs: number };

/** Who only hears lines knows by these that it goes on, where nothing else was said for a while. Returns a way to stop. */
export function sayingStill(cli: Cli, { clock }: CommandPorts, heard: Heard, isJson: boolean): () => void {
  const over = new AbortController();
  const { signal } = over;
  const say = async (): Promise<void> => {
    while (!signal.aborted) {
      const leftMs = heard.saidAtMs + everyMs - clock.monotonic();
      if (leftMs > 0) await clock.sleep(leftMs, signal);
      else {
        heard.saidAtMs = clock.monotonic();
        const lines = heard.rollout === undefined ? [] : underWay(heard.rollout, cli.words);
        if (lines.length > 0) cli.output.talk(cli.words.guide.stillAt(lines));
      }
    }
  };
  if (cli.isPlain && !isJson) void say();
  return () => over.abort();
}
