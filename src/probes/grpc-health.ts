import { Client, type ServiceError, credentials, logVerbosity, setLogVerbosity, status } from '@grpc/grpc-js';
import { type Registration } from '../core/plan/plan.ts';
import { fillPlaceholders } from '../core/plan/placeholders.ts';
import type { Reading } from '../core/event/failure.ts';

// What is said on standard error belongs to the screen.
setLogVerbosity(logVerbosity.NONE);

/** Of `grpc.health.v1.HealthCheckResponse`. */
const servingStatuses = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'] as const;

/** `at` is `host:port` with placeholders. */
export type GrpcHealth = { readonly at: string; readonly service?: string | undefined };

/** Asks the standard health service (`grpc.health.v1.Health/Check`), without TLS. Throws for an address that is none. */
export function measureGrpcHealth(
  { at, service = '' }: GrpcHealth,
  registration: Registration,
  signal: AbortSignal,
): Promise<Reading> {
  const { hostname, port } = new URL(fillPlaceholders(`http://${at}`, registration, 'url'));
  // No port is what a URL says for the usual one.
  const client = new Client(`dns:${hostname}:${port === '' ? '80' : port}`, credentials.createInsecure(), {
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_retries': 0,
    'grpc.service_config_disable_resolution': 1,
    'grpc.enable_http_proxy': 0,
  });
  return new Promise<Reading>((resolve) => {
    const call = client.makeUnaryRequest(
      '/grpc.health.v1.Health/Check',
      encodeRequest,
      decodeStatus,
      service,
      (error, serving) => resolve(error === null ? readingOf(serving) : readingOfError(error)),
    );
    const giveUp = (): void => call.cancel();
    signal.addEventListener('abort', giveUp, { once: true });
    call.once('status', () => signal.removeEventListener('abort', giveUp));
    if (signal.aborted) giveUp();
  }).finally(() => client.close());
}

function readingOf(serving: string | undefined): Reading {
  return serving === 'SERVING' ? { kind: 'good', ms: 0 } : { kind: 'not-up', status: serving ?? 'UNKNOWN' };
}

function readingOfError({ code, details }: Pick<ServiceError, 'code' | 'details'>): Reading {
  if (code === status.UNIMPLEMENTED)
    return { kind: 'unexpected', expected: 'grpc-health', found: status[code] };
  // The server has no service of this name.
  if (code === status.NOT_FOUND) return { kind: 'not-up', status: 'SERVICE_UNKNOWN' };
  const [systemCode] = /\bE[A-Z]{4,}\b/.exec(details) ?? [];
  return { kind: 'refused', detail: systemCode ?? status[code] };
}

/** A name of at most so many bytes has its length in one or two bytes of a protobuf message. */
const nameBytesMax = 16_383;

/** `HealthCheckRequest`: its first field is the name of the service, and left out where it is empty. */
export function encodeRequest(service: string): Buffer {
  const name = Buffer.from(service).subarray(0, nameBytesMax);
  if (name.length === 0) return Buffer.alloc(0);
  const length = name.length < 128 ? [name.length] : [(name.length & 127) | 128, name.length >> 7];
  return Buffer.concat([Buffer.from([0x0a, ...length]), name]);
}

/** `HealthCheckResponse`: its first field is the status, and left out where it is `UNKNOWN`. */
export function decodeStatus(message: Buffer): string {
  const [tag, value = 0] = message;
  if (tag === undefined) return servingStatuses[0];
  return tag === 0x08 ? (servingStatuses[value] ?? String(value)) : servingStatuses[0];
}
