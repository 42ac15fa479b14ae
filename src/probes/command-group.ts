import { spawn } from 'node:child_process';
import { fitStart, obstacleText } from '../core/plan/fit-start.ts';
import { readStartLimits } from '../world/start-limits.ts';

/**
 * Runs the command line $0 and ends with its code. Its group, which is our own, is ended as soon as nobody holds our
 * input open: where a check is given up, and where the process that measures is gone, whatever has ended it. With $1,
 * a last byte says that all of its output has been written, also where something that it left behind holds the pipe.
 */
const wrapper = `
exec 3<&0 </dev/null
{ read -r never <&3; kill -KILL 0; } &
/bin/sh -c "$0" 3<&-
code=$?
kill -KILL $!
[ -z "$1" ] || printf '\\036'
exit $code
`;
const endByte = 0x1e;

export type GroupOrder = {
  readonly run: string;
  /** What it is told besides, with the registry's words in it. */
  readonly told: Readonly<Record<string, string>>;
  /** The environment that we have. */
  readonly environment: Readonly<Record<string, string>>;
  /** How much of its output is kept; more ends it. Absent: nobody reads it. */
  readonly outputBytesMax?: number;
};

export type GroupResult =
  | { readonly kind: 'ended'; readonly code: number; readonly output: string }
  | { readonly kind: 'not-started'; readonly detail: string }
  | { readonly kind: 'too-large'; readonly limitBytes: number }
  /** The signal was aborted. */
  | { readonly kind: 'given-up'; readonly detail: string };

/** Runs a command line that ends with us, and with everything that it started when it is given up. */
export function runInGroup(order: GroupOrder, signal: AbortSignal): Promise<GroupResult> {
  const { run, told, environment, outputBytesMax } = order;
  const words = ['/bin/sh', '-c', wrapper, run];
  const fitted = fitStart({ words, own: environment, told, directory: '' }, readStartLimits());
  if (!fitted.ok) return Promise.resolve({ kind: 'not-started', detail: obstacleText(fitted.obstacle) });
  return new Promise((resolve) => {
    const isRead = outputBytesMax !== undefined;
    const child = spawn('/bin/sh', ['-c', wrapper, run, ...(isRead ? ['output'] : [])], {
      stdio: ['pipe', isRead ? 'pipe' : 'ignore', 'ignore'],
      detached: true,
      signal,
      env: fitted.environment,
    });
    const end = (result: GroupResult): void => {
      child.stdin?.destroy();
      child.stdout?.destroy();
      resolve(result);
    };
    child.once('error', (error) =>
      end({ kind: signal.aborted ? 'given-up' : 'not-started', detail: detailOf(error) }),
    );
    if (!isRead) {
      child.once('exit', (code) => end({ kind: 'ended', code: code ?? 1, output: '' }));
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    let code: number | undefined;
    const endIfWhole = (isClosed: boolean): void => {
      const whole = Buffer.concat(chunks);
      if (code === undefined || (!isClosed && whole.at(-1) !== endByte)) return;
      const output = whole.at(-1) === endByte ? whole.subarray(0, -1) : whole;
      end({ kind: 'ended', code, output: output.toString() });
    };
    child.stdout?.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > outputBytesMax + 1) end({ kind: 'too-large', limitBytes: outputBytesMax });
      else if (code !== undefined) endIfWhole(false);
    });
    child.once('exit', (exitCode) => {
      code = exitCode ?? 1;
      endIfWhole(false);
    });
    child.once('close', () => endIfWhole(true));
  });
}

export function detailOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? code : String(message ?? error);
}
