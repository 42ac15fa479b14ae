import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type HandOver, type HandOverAnswer, handOverAnswerSchema } from '../runner/ports/hand-over.ts';

/**
 * Starts our program again as a runner: in a session of its own, with nothing of ours but a pipe in, until it has
 * answered, and a file for what should never be said.
 */
export function runnerSpawner(
  self: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): (handOver: HandOver, logPath: string) => Promise<HandOverAnswer> {
  return async (handOver, logPath) => {
    try {
      return await answerOf(startRunner(self, env, logPath), handOver, logPath);
    } catch (error) {
      return { ok: false, problem: { kind: 'runner-failed', detail: (error as Error).message } };
    }
  };
}

/** Throws where the disk or the system says no. */
function startRunner(
  self: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  logPath: string,
): ChildProcess {
  const [program = '', ...words] = self;
  const log = openSync(logPath, 'a', 0o600);
  try {
    return spawn(program, [...words, '__runner'], {
      env: { ...env },
      stdio: ['pipe', 'pipe', log],
      detached: true,
    });
  } finally {
    closeSync(log);
  }
}

async function answerOf(child: ChildProcess, handOver: HandOver, logPath: string): Promise<HandOverAnswer> {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the runner was started without pipes');
  const line = await new Promise<string | undefined>((resolve) => {
    child.once('error', () => resolve(undefined));
    stdin.on('error', () => undefined);
    stdin.write(`${JSON.stringify(handOver)}\n`);
    const lines = createInterface({ input: stdout });
    lines.once('line', resolve);
    lines.once('close', () => resolve(undefined));
  });
  stdin.destroy();
  stdout.destroy();
  child.unref();
  return readAnswer(line) ?? { ok: false, problem: { kind: 'runner-failed', detail: logPath } };
}

function readAnswer(line: string | undefined): HandOverAnswer | undefined {
  try {
    return handOverAnswerSchema.parse(JSON.parse(line ?? ''));
  } catch {
    return undefined;
  }
}
