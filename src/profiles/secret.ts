import { spawn } from 'node:child_process';
import type { TextObstacle } from '../core/text/text-obstacle.ts';
import type { Clock } from '../world/clock.ts';
import { groupWords } from '../world/group-words.ts';
import { readFileBounded, modeText } from '../world/read-bounded.ts';
import { parseReference } from '../core/registry/secret-reference.ts';

/** Why a secret cannot be had. Never holds any part of the secret; `reference` is not a secret. */
export type SecretProblem =
  /** Not a reference: it may be a password written out, so it is not repeated. */
  | { readonly kind: 'literal' }
  | { readonly kind: 'not-set'; readonly name: string }
  | { readonly kind: 'unreadable'; readonly path: string; readonly obstacle: TextObstacle }
  | { readonly kind: 'failed'; readonly exit: string }
  | { readonly kind: 'timed-out'; readonly afterMs: number }
  | { readonly kind: 'empty'; readonly reference: string };

export type Secret =
  | { readonly ok: true; readonly secret: string; readonly warning?: SecretWarning }
  | { readonly ok: false; readonly problem: SecretProblem };
export type SecretWarning = { readonly kind: 'open-to-others'; readonly path: string; readonly mode: string };

export type SecretSources = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
};

const commandTimeoutMs = 10_000;
const secretMaxBytes = 65_536;

/** Fetches a secret from where the reference says. One newline at its end is not part of it. */
export async function readSecret(text: string, sources: SecretSources): Promise<Secret> {
  const reference = parseReference(text);
  switch (reference?.kind) {
    case undefined:
      return { ok: false, problem: { kind: 'literal' } };
    case 'env': {
      const value = sources.env[reference.name];
      return value === undefined
        ? { ok: false, problem: { kind: 'not-set', name: reference.name } }
        : filled(value, text);
    }
    case 'file':
      return fromFile(reference.path, text);
    case 'command':
      return fromCommand(reference.command, text, sources);
  }
}

/** A pipe would give it once, and it is read for each login. */
function fromFile(path: string, reference: string): Secret {
  const read = readFileBounded(path, secretMaxBytes);
  if (!read.ok) return { ok: false, problem: { kind: 'unreadable', path, obstacle: read.obstacle } };
  const secret = filled(read.bytes.toString('utf8'), reference);
  const isOpen = (read.mode & 0o077) !== 0;
  const warning = {
    kind: 'open-to-others',
    path,
    mode: modeText(read.mode),
  } as const;
  return secret.ok && isOpen ? { ...secret, warning } : secret;
}

async function fromCommand(command: string, reference: string, sources: SecretSources): Promise<Secret> {
  const over = new AbortController();
  const started = startCommand(command, sources);
  if (!started.ok) return failed(started.detail);
  const { child } = started;
  const output: Buffer[] = [];
  let size = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= secretMaxBytes) output.push(chunk);
  });
  const ended = new Promise<Secret>((resolve) => {
    child.on('error', (error) => resolve(failed(detailOf(error))));
    child.on('close', (code, signal) =>
      resolve(
        code === 0 && size <= secretMaxBytes
          ? filled(Buffer.concat(output).toString('utf8'), reference)
          : failed(String(signal ?? code)),
      ),
    );
  });
  const late = sources.clock.sleep(commandTimeoutMs, over.signal).then((): Secret => {
    const problem: SecretProblem = { kind: 'timed-out', afterMs: commandTimeoutMs };
    return { ok: false, problem };
  });
  const secret = await Promise.race([ended, late]);
  over.abort();
  // Of a command that still runs this ends the whole group.
  child.stdin.destroy();
  // Something that the command started may hold the pipe open for ever.
  child.stdout.destroy();
  return secret;
}

/** The system may not start it: its words are too long, or hold a null byte. */
function startCommand(command: string, { env }: SecretSources) {
  try {
    const [program, ...words] = groupWords(command);
    const child = spawn(program, words, {
      env: { ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    });
    return { ok: true, child } as const;
  } catch (error) {
    return { ok: false, detail: detailOf(error) } as const;
  }
}

function failed(exit: string): Secret {
  return { ok: false, problem: { kind: 'failed', exit } };
}

/** Whether there is something to be read, as far as that is known without running a command. */
export function isThere(text: string, env: SecretSources['env']): boolean {
  const reference = parseReference(text);
  if (reference?.kind === 'env') return (env[reference.name] ?? '') !== '';
  return reference?.kind !== 'file' || fromFile(reference.path, text).ok;
}

function filled(text: string, reference: string): Secret {
  const secret = text.replace(/\r?\n$/, '');
  return secret === '' ? { ok: false, problem: { kind: 'empty', reference } } : { ok: true, secret };
}

function detailOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
