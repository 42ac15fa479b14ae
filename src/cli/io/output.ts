import type { Writable } from 'node:stream';
import { visible, visibleJson } from '../../core/text/visible.ts';

/** Data goes to standard output, talk to standard error. */
export type Output = {
  /** Lines for people or pipes, with control characters made visible. */
  data(...lines: readonly string[]): void;
  json(value: unknown): void;
  talk(...lines: readonly string[]): void;
  /** Talk without a line end, for a question. */
  prompt(text: string): void;
  /** Nobody reads standard output any more. */
  isClosed(): boolean;
  /** Once all is written: why standard output did not take all of it, as a full disk does; a reader may leave. */
  obstacle(): Promise<string | undefined>;
};

export function createOutput(stdout: Writable, stderr: Writable): Output {
  const closed = new Map<Writable, string>();
  // A reader that went away (EPIPE) is no reason to end: a rollout goes on, only unseen.
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => closed.set(stream, error.code ?? error.message));
  const used = new Set<Writable>();
  const write = (stream: Writable, text: string): void => {
    used.add(stream);
    if (!closed.has(stream)) stream.write(text);
  };
  const lines = (texts: readonly string[]): string => texts.map((text) => `${visible(text)}\n`).join('');
  return {
    data: (...texts) => write(stdout, lines(texts)),
    json: (value) => write(stdout, `${visibleJson(value)}\n`),
    talk: (...texts) => write(stderr, lines(texts)),
    prompt: (text) => write(stderr, visible(text)),
    isClosed: () => closed.has(stdout),
    obstacle: async () => {
      if (used.has(stdout) && !closed.has(stdout)) await new Promise((done) => stdout.write('', done));
      const why = closed.get(stdout);
      return why === 'EPIPE' ? undefined : why;
    },
  };
}
