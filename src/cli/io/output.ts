import type { Writable } from 'node:stream';
import { jsonWithoutCommand, withoutCommand } from './no-command.ts';
import { visible, visibleJson } from '../../core/text/visible.ts';

/** Data goes to standard output, talk to standard error. */
export type Output = {
  /** Lines for people or pipes, with control characters made visible. */
  data(...lines: readonly string[]): void;
  json(value: unknown): void;
  talk(...lines: readonly string[]): void;
  /** Lines that a pipeline's log obeys, as they are: what somebody else named is escaped in them already. */
  mark(...lines: readonly string[]): void;
  /** Talk without a line end, for a question. */
  prompt(text: string): void;
  /** Nobody reads standard output any more. */
  isClosed(): boolean;
  /** Once all is written: why standard output did not take all of it, as a full disk does; a reader may leave. */
  obstacle(): Promise<string | undefined>;
};

/** `isObeyed`: whoever keeps the log takes some lines for commands; only `mark` may give it any. */
export function createOutput(stdout: Writable, stderr: Writable, isObeyed = false): Output {
  const closed = new Map<Writable, string>();
  // A reader that went away (EPIPE) is no reason to end: a rollout goes on, only unseen.
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => closed.set(stream, error.code ?? error.message));
  const used = new Set<Writable>();
  const write = (stream: Writable, text: string): void => {
    used.add(stream);
    if (!closed.has(stream)) stream.write(text);
  };
  const line = (text: string): string => (isObeyed ? withoutCommand(visible(text)) : visible(text));
  const lines = (texts: readonly string[]): string => texts.map((text) => `${line(text)}\n`).join('');
  const json = isObeyed ? jsonWithoutCommand : (text: string): string => text;
  return {
    data: (...texts) => write(stdout, lines(texts)),
    json: (value) => write(stdout, `${json(visibleJson(value))}\n`),
    talk: (...texts) => write(stderr, lines(texts)),
    mark: (...texts) => write(stdout, texts.map((text) => `${text}\n`).join('')),
    prompt: (text) => write(stderr, visible(text)),
    isClosed: () => closed.has(stdout),
    obstacle: async () => {
      if (used.has(stdout) && !closed.has(stdout)) await new Promise((done) => stdout.write('', done));
      const why = closed.get(stdout);
      return why === 'EPIPE' ? undefined : why;
    },
  };
}
