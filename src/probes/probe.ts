import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { checkEnvironment } from '../core/plan/command-environment.ts';
import type { Reading } from '../core/rollout/failure.ts';
import { addressText } from '../core/registry/address.ts';
import { type Check, type Registration, fillPlaceholders } from '../core/plan/plan.ts';
import { fitStart, obstacleText } from '../core/plan/fit-start.ts';
import type { Clock } from '../world/clock.ts';
import { readStartLimits } from '../world/start-limits.ts';
import type { Probe } from '../world/world.ts';
import { statusOf } from './status-of.ts';

const probeTimeoutMs = 3000;

/** Measures an instance from outside Nacos. Everything that it may say is a reading; nothing throws. */
export function realProbe(clock: Clock, environment: Readonly<Record<string, string>>): Probe {
  return async (check, registration, signal) => {
    const timeout = AbortSignal.timeout(probeTimeoutMs);
    const began = clock.monotonic();
    const reading = await measured(check, registration, AbortSignal.any([signal, timeout]), environment);
    if (timeout.aborted) return { kind: 'timed-out', afterMs: probeTimeoutMs };
    return reading.kind === 'good' ? { kind: 'good', ms: Math.round(clock.monotonic() - began) } : reading;
  };
}

/** A registry may list what no socket and no environment takes: a port over 65,535, a name with a null byte. */
async function measured(...given: Parameters<typeof measure>): Promise<Reading> {
  const [check] = given;
  try {
    return await measure(...given);
  } catch (error) {
    return { kind: check.kind === 'command' ? 'not-started' : 'refused', detail: detailOf(error) };
  }
}

function measure(
  check: Check,
  registration: Registration,
  signal: AbortSignal,
  environment: Readonly<Record<string, string>>,
): Promise<Reading> {
  switch (check.kind) {
    case 'http':
      return measureHttp(fillPlaceholders(check.url, registration, 'url'), signal);
    case 'tcp':
      return measureTcp(registration, signal);
    case 'command':
      return measureCommand(check.run, registration, signal, environment);
    case 'registration':
      return Promise.resolve({ kind: 'good', ms: 0 });
  }
}

const good: Reading = { kind: 'good', ms: 0 };

async function measureHttp(url: string, signal: AbortSignal): Promise<Reading> {
  try {
    const status = await statusOf(url, { signal });
    return status >= 200 && status < 300 ? good : { kind: 'http-status', status };
  } catch (error) {
    return { kind: 'refused', detail: detailOf(error) };
  }
}

function measureTcp({ ip, port }: Registration, signal: AbortSignal): Promise<Reading> {
  return new Promise((resolve) => {
    const socket = connect({ host: addressText(ip), port, signal });
    socket.once('connect', () => {
      socket.destroy();
      resolve(good);
    });
    socket.once('error', (error) => resolve({ kind: 'refused', detail: detailOf(error) }));
  });
}

/**
 * Runs the command line $0 and ends with its code. Its group, which is our own, is ended as soon as nobody holds our
 * input open: where a check is given up, and where the process that measures is gone, whatever has ended it.
 */
const wrapper = `
exec 3<&0 </dev/null
{ read -r never <&3; kill -KILL 0; } &
/bin/sh -c "$0" 3<&-
code=$?
kill -KILL $!
exit $code
`;

function measureCommand(
  run: string,
  registration: Registration,
  signal: AbortSignal,
  environment: Readonly<Record<string, string>>,
): Promise<Reading> {
  const told = checkEnvironment(registration);
  const words = ['/bin/sh', '-c', wrapper, run];
  const fitted = fitStart({ words, own: environment, told, directory: '' }, readStartLimits());
  if (!fitted.ok) return Promise.resolve({ kind: 'not-started', detail: obstacleText(fitted.obstacle) });
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', wrapper, run], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      signal,
      env: fitted.environment,
    });
    child.once('error', (error) => {
      child.stdin.destroy();
      resolve({ kind: signal.aborted ? 'refused' : 'not-started', detail: detailOf(error) });
    });
    child.once('exit', (code) => resolve(code === 0 ? good : { kind: 'command-failed', code: code ?? 1 }));
  });
}

function detailOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? code : String(message ?? error);
}
