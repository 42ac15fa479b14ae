import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { TextObstacle } from '../core/text/text-obstacle.ts';
import type { Clock } from './clock.ts';
import { codeOf } from './code-of.ts';

type Refused = { readonly ok: false; readonly obstacle: TextObstacle };
export type BytesRead = { readonly ok: true; readonly bytes: Buffer } | Refused;
export type FileRead = { readonly ok: true; readonly bytes: Buffer; readonly mode: number } | Refused;

/** A file that lies on a disk. Of anything else no byte is read: a device may never end, a pipe never begin. */
export function readFileBounded(path: string, maxBytes: number): FileRead {
  try {
    const opened = openSync(path, openingFlags);
    return bytesAndClose(opened, maxBytes);
  } catch (error) {
    return unreadable(error);
  }
}

/** The same, or what somebody writes into a pipe within a minute: `<(generate-plan)` is one. */
export async function readFileOrPipe(path: string, maxBytes: number, clock: Clock): Promise<BytesRead> {
  try {
    const opened = openSync(path, openingFlags);
    if (!fstatSync(opened).isFIFO()) return bytesAndClose(opened, maxBytes);
    // Opened once: a writer may have it by now, and would lose its reader.
    const pipe = new Socket({ fd: opened, readable: true, writable: false });
    return await readStreamBounded(pipe, maxBytes, clock);
  } catch (error) {
    return unreadable(error);
  }
}

const pipeWithinMs = 60_000;

/** What a stream gives until it ends, which it has to do within a minute. Ends it. */
export async function readStreamBounded(
  stream: Readable,
  maxBytes: number,
  clock: Clock,
): Promise<BytesRead> {
  const over = new AbortController();
  const late = clock
    .sleep(pipeWithinMs, over.signal)
    .then((): BytesRead => ({ ok: false, obstacle: { kind: 'endless', afterMs: pipeWithinMs } }));
  try {
    return await Promise.race([streamed(stream, maxBytes), late]);
  } finally {
    over.abort();
    stream.destroy();
  }
}

async function streamed(stream: Readable, maxBytes: number): Promise<BytesRead> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > maxBytes) return tooLarge(maxBytes);
    }
    return { ok: true, bytes: Buffer.concat(chunks) };
  } catch (error) {
    return unreadable(error);
  }
}

/** A pipe that nobody writes into would never open, a terminal become ours. */
const openingFlags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

function bytesAndClose(opened: number, maxBytes: number): FileRead {
  try {
    return bytesOf(opened, maxBytes);
  } finally {
    closeSync(opened);
  }
}

function bytesOf(opened: number, maxBytes: number): FileRead {
  const seen = fstatSync(opened);
  if (!seen.isFile()) {
    const found = seen.isDirectory() ? 'directory' : seen.isFIFO() ? 'pipe' : 'device';
    return { ok: false, obstacle: { kind: 'no-file', found } };
  }
  // Those of /proc say that they are empty.
  const buffer = Buffer.alloc(maxBytes + 1);
  let size = 0;
  for (let got = -1; got !== 0 && size < buffer.length; size += got)
    got = readSync(opened, buffer, size, buffer.length - size, null);
  return size > maxBytes
    ? tooLarge(maxBytes)
    : { ok: true, bytes: buffer.subarray(0, size), mode: seen.mode & 0o777 };
}

function tooLarge(maxBytes: number): Refused {
  return { ok: false, obstacle: { kind: 'too-large', maxBytes } };
}

function unreadable(error: unknown): Refused {
  return { ok: false, obstacle: { kind: 'unreadable', detail: codeOf(error) } };
}

/** The mode of a file as chmod takes it, in four octal digits: 0600. */
export function modeText(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0');
}
