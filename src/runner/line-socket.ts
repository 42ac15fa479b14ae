import type { Socket } from 'node:net';

/** A peer that does not read for this many bytes is dropped: the runner waits for nobody. */
const longestBacklogBytes = 4_000_000;
const longestLineBytes = 1_000_000;

/** JSON lines over a stream. Lines that are not JSON end the connection. */
export type LineSocket = {
  send(line: unknown): void;
  /** Whether what was sent has left; while it has not, lines that can be left out are left out. */
  isClear(): boolean;
  close(): void;
};

export function overLines(socket: Socket, hears: { line(value: unknown): void; closed(): void }): LineSocket {
  let pending = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    pending += chunk;
    const lines = pending.split('\n');
    pending = lines.pop() ?? '';
    if (pending.length > longestLineBytes) socket.destroy();
    for (const line of lines)
      if (line !== '' && !deliver(line, (value) => hears.line(value))) socket.destroy();
  });
  socket.on('error', () => socket.destroy());
  socket.once('close', () => hears.closed());
  return {
    send: (line) => {
      if (socket.destroyed) return;
      socket.write(`${JSON.stringify(line)}\n`);
      if (socket.writableLength > longestBacklogBytes) socket.destroy();
    },
    isClear: () => socket.writableLength === 0,
    close: () => socket.end(),
  };
}

function deliver(line: string, hear: (value: unknown) => void): boolean {
  try {
    hear(JSON.parse(line));
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
