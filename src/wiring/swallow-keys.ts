import type { ReadStream } from 'node:tty';

const ctrlC = '\x03';

/**
 * Takes what is typed before there is anything to press a key on, so that it is neither echoed nor found by the console
 * later. Returns a way to stop; Ctrl-C still ends.
 */
export function swallowKeys(stdin: ReadStream, interrupted: () => void): () => void {
  if (!stdin.isTTY) return () => undefined;
  const heed = (): void => {
    for (let typed = stdin.read() as Buffer | null; typed !== null; typed = stdin.read() as Buffer | null)
      if (typed.includes(ctrlC)) interrupted();
  };
  stdin.setRawMode(true);
  // As Ink listens: a standard input that was flowing and is paused answers no later `readable` listener.
  stdin.on('readable', heed);
  return () => {
    stdin.off('readable', heed);
    stdin.setRawMode(false);
  };
}
