import type { CommandResult, Reading } from '../core/event/failure.ts';
import type { Clock } from '../world/clock.ts';
import type { Caller, Commands } from '../world/world.ts';
import { statusOf, unanswered } from './http.ts';

const callTimeoutMs = 10_000;

/** Asks an application to leave or to come back: by HTTP, or by a command. */
export function realCaller(clock: Clock, commands: Commands): Caller {
  return async ({ call, place }, signal) => {
    const began = clock.monotonic();
    if ('url' in call) return callHttp(call, signal, () => Math.round(clock.monotonic() - began));
    const result = await commands.run({ ...place, command: call }, signal);
    return readingOf(result, Math.round(clock.monotonic() - began));
  };
}

async function callHttp(
  { method, url }: { readonly method: string; readonly url: string },
  signal: AbortSignal,
  passedMs: () => number,
): Promise<Reading> {
  const timeout = AbortSignal.timeout(callTimeoutMs);
  try {
    const status = await statusOf(url, { method, signal: AbortSignal.any([signal, timeout]) });
    return status >= 200 && status < 300 ? { kind: 'good', ms: passedMs() } : { kind: 'http-status', status };
  } catch (error) {
    if (timeout.aborted) return { kind: 'timed-out', afterMs: callTimeoutMs };
    return unanswered(error);
  }
}

function readingOf(result: CommandResult, ms: number): Reading {
  switch (result.kind) {
    case 'exited':
      return result.code === 0 ? { kind: 'good', ms } : { kind: 'command-failed', code: result.code };
    case 'timed-out':
    case 'not-started':
      return result;
    default:
      return { kind: 'refused', detail: result.kind };
  }
}
