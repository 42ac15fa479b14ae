import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { Answer, ReadOptions, RequestText } from '../../world/registry.ts';
import { openAddressBook } from './address-book.ts';
import { attempt, type ClientOptions } from './attempt.ts';
import { type NacosRequest, textOf, urlOf } from './request.ts';
import { isWrongDoor } from './other-port.ts';
import { noSession, type Session } from './session.ts';
import type { Exchange, Reply } from './transport.ts';
import { type Sent, withToken } from './with-token.ts';

export type SendOptions = ReadOptions & {
  /** Sent without a token, though signed, to find out what answers. An address that said nothing is not asked a second time. */
  readonly isOpen?: boolean;
};

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

/** No answer of Nacos: another address may do better. */
const isPassing = (error: RegistryError): boolean =>
  error.kind === 'unreachable' ||
  error.kind === 'timeout' ||
  error.kind === 'not-nacos' ||
  isWrongDoor(error) ||
  (error.kind === 'server-error' && [0, 502, 503, 504].includes(error.status));

/** An answer, and another address may still let us in: behind another proxy, or with the token's secret. */
const isOnlyHere = (error: RegistryError): boolean =>
  error.kind === 'token-refused' ||
  error.kind === 'wrong-key' ||
  error.kind === 'barred' ||
  error.kind === 'redirected';

export function openClient(parts: ClientOptions): Client {
  const book = openAddressBook(parts.connection);
  let session: Session = noSession;

  const inTurn = async (request: NacosRequest, options: SendOptions, isRead: boolean): Promise<Sent> => {
    const { node, signal, isOpen } = options;
    const failed: RegistryError[] = [];
    let last = notAccepted(node ?? '');
    let silent: string | undefined;
    const addresses = book.toTry(node, isRead);
    for (const [index, address] of addresses.entries()) {
      if (isOpen === true && address === silent) break;
      const next = isRead
        ? addresses.slice(index + 1).find((one) => isOpen !== true || one !== address)
        : undefined;
      // A signature is the same for every kind of server; a token is not.
      const own = isOpen === true && session.signing === undefined ? noSession : session;
      last = await withToken(parts, own, request, address, {
        signal,
        next,
      });
      const isElsewhere = address !== addresses[index + 1];
      if (last.ok || !(isPassing(last.error) || (isOnlyHere(last.error) && isElsewhere))) {
        if (node === undefined) book.worked(address);
        return last;
      }
      if (last.error.kind === 'timeout') silent = address;
      failed.push(last.error);
      if (signal?.aborted === true || (last.isUnknown && !isRead)) break;
    }
    if (last.ok) return last;
    // Whoever answered says more than whoever did not.
    return { ...last, error: failed.find(isOnlyHere) ?? summed(failed, last.error) };
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
      return textOf(request, url, { hasToken: session.mayNeedToken(), signing: session.signing });
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
