import type { Writable } from 'node:stream';
import { visible, visibleJson } from '../core/visible.ts';

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
};

export function createOutput(stdout: Writable, stderr: Writable): Output {
  const closed = new Set<Writable>();
  // A reader that went away (EPIPE) is no reason to end: a rollout goes on, only unseen.
  for (const stream of [stdout, stderr]) stream.on('error', () => closed.add(stream));
  const write = (stream: Writable, text: string): void => {
    if (!closed.has(stream)) stream.write(text);
  };
  const lines = (texts: readonly string[]): string => texts.map((text) => `${visible(text)}\n`).join('');
  return {
    data: (...texts) => write(stdout, lines(texts)),
    json: (value) => write(stdout, `${visibleJson(value)}\n`),
    talk: (...texts) => write(stderr, lines(texts)),
    prompt: (text) => write(stderr, visible(text)),
    isClosed: () => closed.has(stdout),
  };
}
