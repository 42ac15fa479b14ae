import { writeFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { TextObstacle } from '../core/text/text-obstacle.ts';
import type { Clock } from '../world/clock.ts';
import { readFileOrPipe, readStreamBounded } from '../world/read-bounded.ts';
import { codeOf } from '../world/code-of.ts';

type TextRead =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly obstacle: TextObstacle };
type TextWritten = { readonly ok: true } | { readonly ok: false; readonly detail: string };

/** The text of a file, a pipe or a stream; of something endless no more than we want to see. */
export async function readText(from: string | Readable, clock: Clock): Promise<TextRead> {
  const read = await (typeof from === 'string'
    ? readFileOrPipe(from, textMaxBytes, clock)
    : readStreamBounded(from, textMaxBytes, clock));
  if (!read.ok) return read;
  const text = textOf(read.bytes);
  return text === undefined ? { ok: false, obstacle: { kind: 'not-text' } } : { ok: true, text };
}

/** A plan with a thousand targets has a tenth of it. */
const textMaxBytes = 4_194_304;

/** UTF-8 and nothing else: whatever is guessed may end up in a deploy command. */
function textOf(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

export function writeText(path: string, text: string): Promise<TextWritten> {
  return written(path, text, 'wx');
}

export function rewriteText(path: string, text: string): Promise<TextWritten> {
  return written(path, text, 'w');
}

async function written(path: string, text: string, flag: 'w' | 'wx'): Promise<TextWritten> {
  try {
    await writeFile(path, text, { flag });
    return { ok: true };
  } catch (error) {
    return { ok: false, detail: codeOf(error) };
  }
}
