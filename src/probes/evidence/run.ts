import { execFile } from 'node:child_process';
import { checkEnvironment } from '../../core/command/command-environment.ts';
import type { Registration } from '../../core/plan/plan.ts';
import type { Reading } from '../../core/event/failure.ts';
import { detailOf, lastLine, runInGroup } from '../command-group.ts';
import { answerLimitBytes } from '../http.ts';

export type CommandPlace = {
  readonly registration: Registration;
  /** What any command of ours is given. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

type Ran = { readonly ok: true; readonly output: string } | { readonly ok: false; readonly why: Reading };

/** What a command line prints that ends well. */
export async function runLine(
  run: string,
  { registration, environment, signal }: CommandPlace,
  outputBytesMax = answerLimitBytes,
): Promise<Ran> {
  const told = checkEnvironment(registration);
  const result = await runInGroup({ run, told, environment, outputBytesMax }, signal);
  switch (result.kind) {
    case 'ended':
      return result.code === 0
        ? { ok: true, output: result.output }
        : { ok: false, why: failedWith(result.code, result.complaint) };
    case 'too-large':
    case 'not-started':
      return { ok: false, why: result };
    case 'given-up':
      return { ok: false, why: { kind: 'refused', detail: result.detail } };
  }
}

function failedWith(code: number, complaint: string): Reading {
  return { kind: 'command-failed', code, ...(complaint !== '' && { complaint }) };
}

/** The same for a program that no shell sees. */
export function runWords(
  [program, ...words]: readonly [string, ...string[]],
  { environment, signal }: CommandPlace,
  outputBytesMax = answerLimitBytes,
): Promise<Ran> {
  const options = {
    env: { ...environment },
    signal,
    maxBuffer: outputBytesMax,
    killSignal: 'SIGKILL',
  } as const;
  return new Promise((resolve) => {
    execFile(program, words, options, (error, output, complaint) => {
      if (error === null) return resolve({ ok: true, output });
      const { code } = error;
      if (typeof code === 'number') return resolve({ ok: false, why: failedWith(code, lastLine(complaint)) });
      if (String(code) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
        return resolve({ ok: false, why: { kind: 'too-large', limitBytes: outputBytesMax } });
      resolve({ ok: false, why: { kind: 'not-started', detail: detailOf(error) } });
    });
  });
}
