import { open, writeFile } from 'node:fs/promises';
import type { CommandPorts } from '../../cli/io/command-ports.ts';
import { codeOf } from '../code-of.ts';

/** The text of a file, or of a pipe; of something endless, as a device may be, no more than we want to see. */
export async function readText(path: string): ReturnType<CommandPorts['readText']> {
  try {
    const bytes = await bytesOf(path);
    if (bytes === undefined) return { ok: false, obstacle: { kind: 'too-large', maxBytes: textMaxBytes } };
    const text = textOf(bytes);
    return text === undefined ? { ok: false, obstacle: { kind: 'not-text' } } : { ok: true, text };
  } catch (error) {
    return { ok: false, obstacle: { kind: 'unreadable', detail: codeOf(error) } };
  }
}

/** A plan with a thousand targets has a tenth of it. */
const textMaxBytes = 4_194_304;

async function bytesOf(path: string): Promise<Buffer | undefined> {
  const file = await open(path, 'r');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of file.createReadStream()) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > textMaxBytes) return undefined;
  }
  return Buffer.concat(chunks);
}

/** UTF-8 and nothing else: whatever is guessed may end up in a deploy command. */
function textOf(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

export async function writeText(path: string, text: string): ReturnType<CommandPorts['writeText']> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return { ok: true };
  } catch (error) {
    return { ok: false, detail: codeOf(error) };
  }
}
