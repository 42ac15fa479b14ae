import type { Socket } from 'node:net';

/** A peer that does not read for this many bytes is dropped: the runner waits for nobody. */
const longestBacklogBytes = 4_000_000;
/** Of a face. A runner's may be longer: the plan of a thousand instances is one line. */
export const longestOrderBytes = 1_000_000;

/** JSON lines over a stream. Lines that are not JSON, or too long, end the connection. */
export type LineSocket = {
  send(line: unknown): void;
  /** What a peer asked for, however long: while it has not left, it is no backlog. */
  sendAll(lines: readonly unknown[]): void;
  /** Whether what was sent has left; while it has not, lines that can be left out are left out. */
  isClear(): boolean;
  close(): void;
};

export function overLines(
  socket: Socket,
  hears: { line(value: unknown): void; closed(): void },
  longestLineBytes = Number.POSITIVE_INFINITY,
): LineSocket {
  let pending = '';
  let owedBytes = 0;
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
      if (socket.writableLength - owedBytes > longestBacklogBytes) socket.destroy();
    },
    sendAll: (all) => {
      if (socket.destroyed) return;
      const text = all.map((line) => `${JSON.stringify(line)}\n`).join('');
      const bytes = Buffer.byteLength(text);
      owedBytes += bytes;
      socket.write(text, () => {
        owedBytes -= bytes;
      });
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
