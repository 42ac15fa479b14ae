import { readFile, writeFile } from 'node:fs/promises';
import type { CommandPorts } from '../../cli/io/command-ports.ts';

export async function readText(path: string): ReturnType<CommandPorts['readText']> {
  try {
    return { ok: true, text: await readFile(path, 'utf8') };
  } catch (error) {
    return { ok: false, detail: (error as NodeJS.ErrnoException).code ?? (error as Error).message };
  }
}

export async function writeText(path: string, text: string): ReturnType<CommandPorts['writeText']> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return { ok: true };
  } catch (error) {
    return { ok: false, detail: (error as NodeJS.ErrnoException).code ?? (error as Error).message };
  }
}
