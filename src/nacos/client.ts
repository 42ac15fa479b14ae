import type { RegistryError } from '../core/registry-error.ts';
import type { Clock } from '../world/clock.ts';
import type { Connection } from '../world/connection.ts';
import type { Answer, ReadOptions, RequestText } from '../world/registry.ts';
import { openAddressBook } from './address-book.ts';
import { failureOf, isCertainlyRefused } from './failure.ts';
import { type NacosRequest, textOf, urlOf } from './request.ts';
import { noSession, type Session } from './session.ts';
import type { Exchange, Reply, Transport } from './transport.ts';
import { unsaid } from './unsaid.ts';

/** Told of every request that left, with what came of it. No secret is in it. */
export type RequestLog = (
  request: RequestText,
  outcome: { readonly status?: number; readonly ms: number; readonly error?: string },
) => void;

export type SendOptions = ReadOptions & { readonly isOpen?: boolean };

export type Sent =
  | { readonly ok: true; readonly value: Reply }
  /** `isUnknown`: the server may have acted. */
  | { readonly ok: false; readonly error: RegistryError; readonly isUnknown: boolean };

/** Sends requests to whichever address answers, with the token, and tells errors apart. */
export type Client = {
  /** Sent again, elsewhere where there is an elsewhere, when the first try brought no answer. */
  read(request: NacosRequest, options?: SendOptions): Promise<Answer<Reply>>;
  /** Sent again only where the server certainly did nothing. */
  send(request: NacosRequest, options?: SendOptions): Promise<Sent>;
  /** One request to one address, without a token. */
  exchange(request: NacosRequest, address: string, signal?: AbortSignal): Promise<Exchange>;
  textOf(request: NacosRequest): RequestText;
  session(): Session;
  useSession(session: Session): void;
  /** The addresses of the profile, the last good one first. */
  servers(): readonly string[];
  readonly nodeAddresses: readonly string[];
};

const readTimeoutMs = 5_000;
/** Raft gives up after ten seconds; what it then says should still be heard. */
const writeTimeoutMs = 12_000;

/** No answer of Nacos: another address may do better. */
const isPassing = (error: RegistryError): boolean =>
  error.kind === 'unreachable' ||
  error.kind === 'timeout' ||
  error.kind === 'tls' ||
  error.kind === 'not-nacos' ||
  (error.kind === 'server-error' && [0, 502, 503, 504].includes(error.status));

export type ClientOptions = {
  readonly connection: Connection;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: RequestLog | undefined;
};

type Attempt = {
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** One request to one address, once. */
async function attempt(
  { connection, transport, clock, log }: ClientOptions,
  request: NacosRequest,
  address: string,
  { token, signal }: Attempt,
): Promise<Exchange> {
  const { method, path, form, userAgent = 'nacos-rollout' } = request;
  const url = urlOf(address, connection.contextPath, request);
  const headers: Record<string, string> = { 'user-agent': userAgent };
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
  if (form !== undefined) headers['content-type'] = 'application/x-www-form-urlencoded';
  const body = form === undefined ? undefined : new URLSearchParams(form).toString();
  const timeoutMs = method === 'GET' || form !== undefined ? readTimeoutMs : writeTimeoutMs;
  const start = clock.monotonic();
  const exchange = await transport.exchange({ address, path, url, method, headers, body, timeoutMs, signal });
  const ms = Math.round(clock.monotonic() - start);
  const outcome = exchange.ok ? { status: exchange.reply.status, ms } : { ms, error: exchange.error.kind };
  log?.(textOf(request, url, token !== undefined), outcome);
  return exchange;
}

/** One address, with a new token once where the old one was refused: a refused request did nothing. */
async function withToken(
  options: ClientOptions,
  session: Session,
  request: NacosRequest,
  address: string,
  signal: AbortSignal | undefined,
): Promise<Sent> {
  const first = await session.token();
  if (!first.ok) return { ok: false, error: first.error, isUnknown: false };
  let token = first.value;
  for (let isRenewed = false; ; isRenewed = true) {
    const said = await attempt(options, request, address, { token, signal });
    const exchange = unsaid(said, token);
    if (!exchange.ok) return { ok: false, error: exchange.error, isUnknown: exchange.wasSent };
    const sender = { subject: request.subject, hasToken: token !== undefined, hasLogin: session.hasLogin };
    const error = failureOf(exchange.reply, sender);
    if (error === undefined) return { ok: true, value: exchange.reply };
    const mayRenew = error.kind === 'token-refused' && session.hasLogin && !isRenewed;
    if (!mayRenew) return { ok: false, error, isUnknown: !isCertainlyRefused(error) };
    const renewed = await session.renewed(token);
    if (!renewed.ok) return { ok: false, error: renewed.error, isUnknown: false };
    token = renewed.value;
  }
}

export function openClient(parts: ClientOptions): Client {
  const book = openAddressBook(parts.connection);
  let session: Session = noSession;

  const inTurn = async (request: NacosRequest, options: SendOptions, isRead: boolean): Promise<Sent> => {
    const { node, signal, isOpen } = options;
    const failed: RegistryError[] = [];
    let last = notAccepted(node ?? '');
    for (const address of book.toTry(node, isRead)) {
      last = await withToken(parts, isOpen === true ? noSession : session, request, address, signal);
      if (last.ok) {
        if (node === undefined) book.worked(address);
        return last;
      }
      if (!isPassing(last.error)) return last;
      failed.push(last.error);
      if (signal?.aborted === true || (last.isUnknown && !isRead)) break;
    }
    return last.ok ? last : { ...last, error: summed(failed, last.error) };
  };

  return {
    read: async (request, options = {}) => {
      const sent = await inTurn(request, options, true);
      return sent.ok ? sent : { ok: false, error: sent.error };
    },
    send: async (request, options = {}) => await inTurn(request, options, false),
    exchange: async (request, address, signal) => await attempt(parts, request, address, { signal }),
    textOf: (request) => {
      const url = urlOf(book.toTry(undefined, false)[0] ?? '', parts.connection.contextPath, request);
      return textOf(request, url, session.mayNeedToken());
    },
    session: () => session,
    useSession: (given) => {
      session = given;
    },
    servers: () => book.servers(),
    nodeAddresses: book.nodeAddresses,
  };
}

function notAccepted(node: string): Sent {
  const detail = 'not one of the addresses that the profile gives or accepts';
  return { ok: false, error: { kind: 'unreachable', addresses: [node], detail }, isUnknown: false };
}

/** Several addresses without a connection are one error that names them all. */
function summed(failed: readonly RegistryError[], last: RegistryError): RegistryError {
  if (last.kind !== 'unreachable') return last;
  const addresses = failed.flatMap((error) => (error.kind === 'unreachable' ? error.addresses : []));
  return { ...last, addresses: [...new Set(addresses)] };
}
