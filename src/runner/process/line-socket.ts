import type { Socket } from 'node:net';
import type * as z from 'zod';
import { firstIssue } from '../../core/text/first-issue.ts';

/** A peer that does not read for this many bytes is dropped: the runner waits for nobody. */
const longestBacklogBytes = 4_000_000;
/** Of a face. A runner's may be longer: the plan of a thousand instances is one line. */
export const longestOrderBytes = 1_000_000;

/** JSON lines over a stream. A line that cannot be read, or is too long, ends the connection. */
export type LineSocket = {
  send(line: unknown): void;
  /** What a peer asked for, however long: while it has not left, it is no backlog. */
  sendAll(lines: readonly unknown[]): void;
  /** Whether what was sent has left; while it has not, lines that can be left out are left out. */
  isClear(): boolean;
  close(): void;
};

export function overLines<Line>(
  socket: Socket,
  schema: z.ZodType<Line>,
  /** `unreadable` says what is wrong with the line that ends the connection. */
  hears: { line(line: Line): void; unreadable?(detail: string): void; closed(): void },
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
    for (const text of lines) {
      if (text === '' || socket.destroyed) continue;
      const read = readLine(text, schema);
      if (read.ok) hears.line(read.line);
      else {
        hears.unreadable?.(read.detail);
        socket.destroy();
      }
    }
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

type LineRead<Line> =
  | { readonly ok: true; readonly line: Line }
  | { readonly ok: false; readonly detail: string };

function readLine<Line>(text: string, schema: z.ZodType<Line>): LineRead<Line> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, detail: 'it is no JSON' };
  }
  const read = schema.safeParse(value);
  return read.success ? { ok: true, line: read.data } : { ok: false, detail: firstIssue(read.error) };
}
