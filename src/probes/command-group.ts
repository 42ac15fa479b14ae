import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fitStart, obstacleText } from '../core/command/fit-start.ts';
import { endByte, groupWords } from '../world/group-words.ts';
import { readStartLimits } from '../world/start-limits.ts';

export type GroupOrder = {
  readonly run: string;
  /** What it is told besides, with the registry's words in it. */
  readonly told: Readonly<Record<string, string>>;
  /** The environment that we have. */
  readonly environment: Readonly<Record<string, string>>;
  /** How much it may write; more ends it. Absent: nobody reads it. */
  readonly outputBytesMax?: number;
};

export type GroupResult =
  | { readonly kind: 'ended'; readonly code: number; readonly output: string; readonly complaint: string }
  | { readonly kind: 'not-started'; readonly detail: string }
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  /** The signal was aborted. */
  | { readonly kind: 'given-up'; readonly detail: string };

/** Runs a command line that ends with us, and with everything that it started when it is given up. */
export function runInGroup(order: GroupOrder, signal: AbortSignal): Promise<GroupResult> {
  const { run, told, environment, outputBytesMax } = order;
  const words = groupWords(run, outputBytesMax !== undefined);
  const fitted = fitStart({ words, own: environment, told, directory: '' }, readStartLimits());
  if (!fitted.ok) return Promise.resolve({ kind: 'not-started', detail: obstacleText(fitted.obstacle) });
  return new Promise((resolve) => {
    const pipe = outputBytesMax === undefined ? 'ignore' : 'pipe';
    const [program, ...rest] = words;
    const child = spawn(program, rest, {
      stdio: ['pipe', pipe, pipe],
      detached: true,
      signal,
      env: fitted.environment,
    });
    const end = (result: GroupResult): void => {
      for (const stream of child.stdio) stream?.destroy();
      resolve(result);
    };
    let code: number | undefined;
    const heard = (bytes: number): void => {
      if (outputBytesMax !== undefined && bytes > outputBytesMax + 1)
        end({ kind: 'too-large', limitBytes: outputBytesMax });
      else endIfWhole(false);
    };
    const output = collected(child.stdout, heard);
    const complaint = collected(child.stderr, heard);
    const endIfWhole = (isClosed: boolean): void => {
      if (code === undefined || !(isClosed || (output.isWhole() && complaint.isWhole()))) return;
      end({ kind: 'ended', code, output: output.text(), complaint: lastLine(complaint.text()) });
    };
    child.once('error', (error) =>
      end({ kind: signal.aborted ? 'given-up' : 'not-started', detail: detailOf(error) }),
    );
    child.once('exit', (exitCode) => {
      code = exitCode ?? 1;
      endIfWhole(pipe === 'ignore');
    });
    child.once('close', () => endIfWhole(true));
  });
}

/** What has come so far; whole once its last byte is there. `heard` is told of how many bytes there are. */
function collected(stream: Readable | null, heard: (bytes: number) => void) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream?.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    heard(bytes);
  });
  const isWhole = (): boolean => chunks.at(-1)?.at(-1) === endByte;
  return {
    isWhole,
    text: () => {
      const all = Buffer.concat(chunks);
      return (isWhole() ? all.subarray(0, -1) : all).toString();
    },
  };
}

const complaintMax = 200;

/** A command says last why it ends badly. */
export function lastLine(text: string): string {
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  return line.trim().slice(-complaintMax).toWellFormed();
}

export function detailOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? code : String(message ?? error);
}
