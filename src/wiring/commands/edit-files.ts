import { spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Editing } from '../../cli/io/command-ports.ts';
import { codeOf } from '../../world/code-of.ts';

/** The editor of a person, on a copy, at the terminal of this process. */
export function editingWith(env: Readonly<Record<string, string | undefined>>): Editing {
  return {
    copyOf: (path) => join(mkdtempSync(join(tmpdir(), 'nacos-rollout-edit-')), basename(path)),
    open: (command, copy, text) => {
      writeFileSync(copy, text, { mode: 0o600 });
      const { promise, resolve } = Promise.withResolvers<number | undefined>();
      // As git does: the command may have words of its own, and the path stays one word.
      const editor = spawn('sh', ['-c', `${command} "$@"`, command, copy], { stdio: 'inherit', env });
      editor.on('error', () => resolve(undefined));
      editor.on('close', (code) => resolve(code ?? undefined));
      return promise;
    },
    drop: (copy) => rmSync(dirname(copy), { recursive: true, force: true }),
    replace: (path, text) => {
      try {
        replaceWhole(realpathSync(path), text);
        return undefined;
      } catch (error) {
        return codeOf(error);
      }
    },
  };
}

/** Whole or not at all, as open to others as it was; whoever reads it meanwhile reads the old one. */
function replaceWhole(place: string, text: string): void {
  const temporary = `${place}.${randomUUID()}`;
  try {
    writeFileSync(temporary, text, { mode: statSync(place).mode & 0o777, flag: 'wx', flush: true });
    renameSync(temporary, place);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
