import type { ReadStream } from 'node:tty';

const ctrlC = '\x03';

/**
 * Takes what is typed before there is anything to press a key on, so that it is neither echoed nor found by the console
 * later. Returns a way to stop; Ctrl-C still ends.
 */
export function swallowKeys(stdin: ReadStream, interrupted: () => void): () => void {
  if (!stdin.isTTY) return () => undefined;
  const heed = (data: Buffer): void => {
    if (data.toString().includes(ctrlC)) interrupted();
  };
  stdin.setRawMode(true);
  stdin.on('data', heed);
  return () => {
    stdin.off('data', heed);
    stdin.pause();
    stdin.setRawMode(false);
  };
}
