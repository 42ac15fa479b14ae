import { createHmac } from 'node:crypto';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An access key that the gate knows. */
export type KnownKey = {
  readonly id: string;
  readonly secret: string;
  readonly securityToken?: string | undefined;
  /** Where it takes signatures of the fourth version only. */
  readonly region?: string | undefined;
};

/** What a request says of who sent it, by the name of the field: of a query, a header, or a payload's header. */
export type Identity = (name: string) => string | undefined;

/** As clouds usually have it. Nobody outside knows what MSE takes. */
const clockDiffersMs = 15 * 60_000;

/**
 * Why a request is refused, `undefined` where it is not. Written from the Java client's source, from the other side: the
 * client's own signatures in `nacos/fixtures/signatures.jsonl` are all taken. The words of a refusal are made up.
 */
export function refusal(
  identity: Identity,
  about: { readonly isNaming: boolean; readonly service: string | undefined },
  { keys, nowMs }: { readonly keys: readonly KnownKey[]; readonly nowMs: number },
): string | undefined {
  const id = identity(about.isNaming ? 'ak' : 'Spas-AccessKey');
  if (id === undefined) return 'access key is missing';
  const key = keys.find((one) => one.id === id);
  if (key === undefined) return 'access key not found';
  if (identity('Spas-SecurityToken') !== key.securityToken) return 'invalid security token';
  if ((identity('signatureVersion') === 'v4') !== (key.region !== undefined))
    return 'wrong signature version';
  const data = identity(about.isNaming ? 'data' : 'Timestamp') ?? '';
  const said = identity(about.isNaming ? 'signature' : 'Spas-Signature');
  if (said !== hmac('sha1', signingKey(key, nowMs), data).toString('base64'))
    return 'signature does not match';
  const [time, ...named] = data.split('@@');
  if (about.isNaming && about.service !== undefined && named.join('@@') !== about.service)
    return 'signature is for another service';
  return Math.abs(Number(time) - nowMs) > clockDiffersMs ? 'timestamp expired' : undefined;
}

const hmac = (algorithm: string, key: string | Buffer, text: string): Buffer =>
  createHmac(algorithm, key).update(text).digest();

function signingKey({ secret, region }: KnownKey, nowMs: number): string {
  if (region === undefined) return secret;
  const day = new Date(nowMs).toISOString().replaceAll('-', '').slice(0, 8);
  const ofDay = hmac('sha256', `aliyun_v4${secret}`, day);
  const ofProduct = hmac('sha256', hmac('sha256', ofDay, region), 'mse-nacos');
  return hmac('sha256', ofProduct, 'aliyun_v4_request').toString('base64');
}

export type SignatureGate = {
  readonly url: string;
  readonly port: number;
  /** `GET /path: why`, in order. */
  readonly refused: readonly string[];
  /** `GET /path?query` of what was let in, in order. */
  readonly taken: readonly string[];
  close(): Promise<void>;
};

type GateOptions = {
  readonly keys: readonly KnownKey[];
  readonly port?: number;
  readonly nowMs?: () => number;
  /** `Date` in its answers. */
  readonly tellsTime?: boolean;
  /** What a refusal says; the reason, unless told otherwise. */
  readonly words?: (why: string, identity: Identity) => string;
};

/** A server that lets nothing through to another one without a good signature, as a hosted Nacos does. */
export async function signatureGate(toUrl: string, options: GateOptions): Promise<SignatureGate> {
  const { keys, nowMs = Date.now, tellsTime = true, words = (why) => why } = options;
  const refused: string[] = [];
  const taken: string[] = [];
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const { method = '', url = '', headers } = incoming;
    const { pathname, searchParams } = new URL(url, 'http://gate');
    const identity: Identity = (name) =>
      searchParams.get(name) ?? headers[name.toLowerCase()]?.toString() ?? undefined;
    const about = { isNaming: pathname.includes('/ns/'), service: serviceIn(searchParams) };
    const why = refusal(identity, about, { keys, nowMs: nowMs() });
    if (why === undefined) {
      taken.push(`${method} ${url}`);
      return passOn(incoming, outgoing, toUrl);
    }
    refused.push(`${method} ${pathname}: ${why}`);
    outgoing.sendDate = false;
    if (tellsTime) outgoing.setHeader('date', new Date(nowMs()).toUTCString());
    outgoing.writeHead(403, { 'content-type': 'application/json' });
    const message = words(why, identity);
    outgoing.end(
      JSON.stringify({ timestamp: nowMs(), status: 403, error: 'Forbidden', message, path: pathname }),
    );
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    refused,
    taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The full name: one parameter of v1 has all of it, v3 has two. */
function serviceIn(query: URLSearchParams): string | undefined {
  const name = query.get('serviceName') ?? '';
  const group = query.get('groupName') ?? '';
  if (name === '') return undefined;
  return group === '' || name.includes('@@') ? name : `${group}@@${name}`;
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, toUrl: string): void {
  const { method = '', url: path = '', headers } = incoming;
  const onward = request(new URL(path, toUrl), { method, headers }, (said) => {
    outgoing.writeHead(said.statusCode ?? 502, said.headers);
    said.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
