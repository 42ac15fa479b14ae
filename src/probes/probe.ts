import { connect } from 'node:net';
import { checkEnvironment } from '../core/command/command-environment.ts';
import type { Reading } from '../core/event/failure.ts';
import { addressText } from '../core/registry/address.ts';
import { type Check, type Registration } from '../core/plan/plan.ts';
import { fillPlaceholders } from '../core/plan/placeholders.ts';
import type { Clock } from '../world/clock.ts';
import type { Probe, Proof } from '../world/world.ts';
import { measureActuatorHealth } from './actuator-health.ts';
import { measureChanged } from './changed-value.ts';
import { detailOf, runInGroup } from './command-group.ts';
import { statusOf, unanswered } from './http.ts';
import { noteOwnSocket } from './own-sockets.ts';

const probeTimeoutMs = 3000;

/** Measures an instance from outside Nacos. Everything that it may say is a reading; nothing throws. */
export function realProbe(clock: Clock, environment: Readonly<Record<string, string>>): Probe {
  return async (check, registration, signal, proof) => {
    const timeout = AbortSignal.timeout(probeTimeoutMs);
    const began = clock.monotonic();
    const wanted = { proof, environment, signal: AbortSignal.any([signal, timeout]) };
    const reading = await measured(check, registration, wanted);
    if (timeout.aborted) return { kind: 'timed-out', afterMs: probeTimeoutMs };
    return reading.kind === 'good' ? { ...reading, ms: Math.round(clock.monotonic() - began) } : reading;
  };
}

type Wanted = {
  readonly proof: Proof | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

/** A registry may list what no socket and no environment takes: a port over 65,535, a name with a null byte. */
async function measured(check: Check, registration: Registration, wanted: Wanted): Promise<Reading> {
  const { proof, signal } = wanted;
  try {
    const reading = await measure(check, registration, wanted);
    return reading.kind === 'good' && check.changed !== undefined
      ? await measureChanged(check.changed, registration, proof, signal)
      : reading;
  } catch (error) {
    return check.kind === 'command' ? { kind: 'not-started', detail: detailOf(error) } : unanswered(error);
  }
}

function measure(
  check: Check,
  registration: Registration,
  { environment, signal }: Wanted,
): Promise<Reading> {
  switch (check.kind) {
    case 'http':
      return measureHttp(fillPlaceholders(check.url, registration, 'url'), signal);
    case 'tcp':
      return measureTcp(registration, signal);
    case 'command':
      return measureCommand(check.run, registration, signal, environment);
    case 'actuator':
      return measureActuatorHealth(fillPlaceholders(check.url, registration, 'url'), signal);
    case 'grpc':
      return loadGrpcHealth().then(({ measureGrpcHealth }) => measureGrpcHealth(check, registration, signal));
    case 'registration':
      return Promise.resolve({ kind: 'good', ms: 0 });
  }
}

/** Loaded when somebody asks it: most never do. */
export function loadGrpcHealth(): Promise<typeof import('./grpc-health.ts')> {
  return import('./grpc-health.ts');
}

const good: Reading = { kind: 'good', ms: 0 };

async function measureHttp(url: string, signal: AbortSignal): Promise<Reading> {
  const status = await statusOf(url, { signal });
  return status >= 200 && status < 300 ? good : { kind: 'http-status', status };
}

function measureTcp({ ip, port }: Registration, signal: AbortSignal): Promise<Reading> {
  return new Promise((resolve) => {
    const socket = connect({ host: addressText(ip), port, signal });
    noteOwnSocket(socket);
    socket.once('connect', () => {
      socket.destroy();
      resolve(good);
    });
    socket.once('error', (error) => resolve(unanswered(error)));
  });
}

async function measureCommand(
  run: string,
  registration: Registration,
  signal: AbortSignal,
  environment: Readonly<Record<string, string>>,
): Promise<Reading> {
  const result = await runInGroup({ run, told: checkEnvironment(registration), environment }, signal);
  if (result.kind === 'ended')
    return result.code === 0 ? good : { kind: 'command-failed', code: result.code };
  return result.kind === 'given-up' ? { kind: 'refused', detail: result.detail } : result;
}
