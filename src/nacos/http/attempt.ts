import type { Clock } from '../../world/clock.ts';
import type { AccessKey, Connection } from '../../world/connection.ts';
import type { RequestText, Watch } from '../../world/registry.ts';
import { secretsOf, signedElse, signedNaming } from '../signature/sign.ts';
import { redacted } from './redact.ts';
import { isNaming, type NacosRequest, serviceIn, textOf, urlOf } from './request.ts';
import type { Ticket } from './session.ts';
import type { Exchange, Transport } from './transport.ts';

/** Told of every request that left, with what came of it. No secret is in it. */
export type RequestLog = (
  request: RequestText,
  outcome: {
    readonly status?: number;
    readonly ms: number;
    readonly error?: string;
    /** How long the answer was. */
    readonly bytes?: number;
  },
) => void;

const readTimeoutMs = 5_000;
/** Raft gives up after ten seconds; what it then says should still be heard. */
const writeTimeoutMs = 12_000;

export type ClientOptions = {
  readonly connection: Connection;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: RequestLog | undefined;
  readonly watch: Watch | undefined;
};

export type Attempt = {
  readonly ticket?: Ticket | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Who is asked when this address says nothing. */
  readonly next?: string | undefined;
};

/** One request to one address, once. What was answered is without the secrets that were sent. */
export async function attempt(
  { connection, transport, clock, log, watch }: ClientOptions,
  request: NacosRequest,
  address: string,
  { ticket, signal, next }: Attempt,
): Promise<Exchange> {
  const { method, path, form, userAgent = 'nacos-rollout' } = request;
  const { token, key } = ticket ?? {};
  const signed = key && signedParts(request, key, clock.wallClock());
  const bare = urlOf(address, connection.contextPath, request);
  const query = { ...request.query, ...signed?.query };
  const url = signed ? urlOf(address, connection.contextPath, { ...request, query }) : bare;
  const headers: Record<string, string> = { 'user-agent': userAgent, ...signed?.headers };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (form !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
  const body = form === undefined ? undefined : new URLSearchParams(form).toString();
  const timeoutMs = method === 'GET' || form !== undefined ? readTimeoutMs : writeTimeoutMs;
  const start = clock.monotonic();
  const over = watch?.({ address, sinceMs: start, limitMs: timeoutMs, next });
  const exchange = await transport.exchange({ address, path, url, method, headers, body, timeoutMs, signal });
  over?.();
  const ms = Math.round(clock.monotonic() - start);
  const outcome = exchange.ok
    ? { status: exchange.reply.status, ms, bytes: Buffer.byteLength(exchange.reply.body) }
    : { ms, error: exchange.error.kind };
  const shows = { hasToken: token !== undefined, signing: key && connection.signing };
  log?.(textOf(request, bare, shows), outcome);
  return redacted(exchange, token, ...(signed?.secrets ?? []));
}

type Signed = {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly secrets: readonly (string | undefined)[];
};

function signedParts(request: NacosRequest, key: AccessKey, atMs: number): Signed {
  if (!isNaming(request)) {
    const headers = signedElse(key, atMs);
    return { headers, secrets: secretsOf(key, headers) };
  }
  const query = signedNaming(key, serviceIn(request), atMs);
  return { query, secrets: secretsOf(key, query) };
}
