import * as z from 'zod';
import type { Answer, ReadOptions, ServerInfo } from '../../world/registry.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { Clock } from '../../world/clock.ts';
import type { Connection } from '../../world/connection.ts';
import type { Client } from '../http/client.ts';
import { failureOf, isForToken, isPathAbsent } from '../http/failure.ts';
import { consolePort, httpsNeeded, isWrongDoor } from '../http/other-port.ts';
import { type NacosRequest, serverRead } from '../http/request.ts';
import type { Reply } from '../http/transport.ts';
import { nacosInfo, rNacosInfo, unknownVersion } from './capabilities.ts';
import { membersFrom, membersWire } from '../wire/members-wire.ts';
import { readJson } from '../wire/wire.ts';

const usualPort = 8848;

const v3State = z.object({ data: z.object({ version: z.string() }) });
const v1State = z.object({ version: z.string() });
const consoleState = z.object({ version: z.string(), server_port: z.coerce.number().catch(usualPort) });
const switches = z.object({ name: z.string() });
const metrics = z.object({ status: z.string() });

type Probed<T> =
  | { readonly kind: 'said'; readonly value: T }
  /** It is there, and only logged-in users may see it. */
  | { readonly kind: 'closed' }
  /** Only 3.x answers 410 to the old paths. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'absent'; readonly error: RegistryError };

const networkKinds: ReadonlySet<RegistryError['kind']> = new Set(['unreachable', 'timeout']);

/** Who fails at once may mind this path only; who takes his time for it does so for every path. */
const slowFailureMs = 1000;

type Detection = { readonly client: Client; readonly clock: Clock; readonly options: ReadOptions };

async function ask(
  { client, clock, options }: Detection,
  request: NacosRequest,
): Promise<{ readonly reply: Answer<Reply>; readonly isDown: boolean }> {
  const beganMs = clock.monotonic();
  const reply = await client.read(request, { ...options, isOpen: true });
  const isSlow = clock.monotonic() - beganMs >= slowFailureMs;
  const isDown =
    !reply.ok &&
    (networkKinds.has(reply.error.kind) || isWrongDoor(reply.error) || (isSlow && isGateways(reply.error)));
  return { reply, isDown };
}

/** A connection that broke, or a word of who stands before a Nacos that says nothing. */
function isGateways(error: RegistryError): boolean {
  return error.kind === 'server-error' && [0, 502, 503, 504].includes(error.status);
}

/** What a proxy answers in place of Nacos. */
const proxyKinds: ReadonlySet<RegistryError['kind']> = new Set(['not-nacos', 'barred', 'redirected']);

/** Asks without a token, which would need a login: the login differs between what is to be told apart. */
async function probe<Shape extends z.ZodType>(
  detection: Detection,
  request: NacosRequest,
  shape: Shape,
): Promise<Answer<Probed<z.infer<Shape>>>> {
  const { reply, isDown } = await ask(detection, request);
  if (reply.ok) {
    const wire = readJson(reply.value, shape);
    return {
      ok: true,
      value: wire.ok ? { kind: 'said', value: wire.value } : { kind: 'absent', error: wire.error },
    };
  }
  const { error } = reply;
  if (isDown) return reply;
  if (error.kind === 'api-gone') return { ok: true, value: { kind: 'gone' } };
  const isClosed = isForToken(error) || ['login-needed', 'clock-differs', 'forbidden'].includes(error.kind);
  return { ok: true, value: isClosed ? { kind: 'closed' } : { kind: 'absent', error } };
}

/** 2.0 and later have this path, open or not; 1.4 has none of v2. */
async function hasV2(detection: Detection): Promise<Answer<boolean>> {
  const request = serverRead('/v2/ns/service/list', { pageNo: '1', pageSize: '1' });
  const { reply, isDown } = await ask(detection, request);
  if (reply.ok) return { ok: true, value: true };
  if (isDown) return reply;
  const isProxys = proxyKinds.has(reply.error.kind) && !isForToken(reply.error);
  return { ok: true, value: !isPathAbsent(reply.error) && !isProxys };
}

/** What answers, told apart by paths that need no login, as long as one of them is open. */
export async function detect(
  detection: Detection,
  forced: Connection['dialect'],
): Promise<Answer<ServerInfo>> {
  const three = await probe(detection, serverRead('/v3/admin/core/state'), v3State);
  if (!three.ok) return three;
  if (three.value.kind === 'said') {
    return { ok: true, value: nacosInfo(three.value.value.data.version, forced ?? 'v3', true) };
  }
  const one = await probe(detection, serverRead('/v1/console/server/state'), v1State);
  if (!one.ok) return one;
  if (one.value.kind === 'gone') return { ok: true, value: nacosInfo(unknownVersion, forced ?? 'v3', true) };
  if (one.value.kind === 'said') {
    return { ok: true, value: nacosInfo(one.value.value.version, forced ?? 'v1', true) };
  }
  return await withoutState(detection, forced);
}

/** An error where the console of a 3.x answers, whose paths are its own and below no context path. */
async function consoleOf(client: Client): Promise<RegistryError | undefined> {
  const request = { ...serverRead('/v3/console/server/state'), isOutsideContext: true };
  // The one that answered so far, once: another may not be there, and says nothing about it.
  const [address = ''] = client.servers();
  const exchange = await client.exchange(request, address);
  const sender = { subject: request.subject, hasToken: false, hasLogin: false };
  // What is wrong with the network, the next question finds out.
  if (!exchange.ok || failureOf(exchange.reply, sender) !== undefined) return undefined;
  const state = readJson(exchange.reply, consoleState);
  return state.ok ? consolePort(address, state.value.server_port) : undefined;
}

/** A server whose console paths are closed or left out. */
async function withoutState(
  detection: Detection,
  forced: Connection['dialect'],
): Promise<Answer<ServerInfo>> {
  const named = await probe(detection, serverRead('/v1/ns/operator/switches'), switches);
  if (!named.ok) return named;
  if (named.value.kind === 'gone')
    return { ok: true, value: nacosInfo(unknownVersion, forced ?? 'v3', true) };
  if (named.value.kind === 'said' && named.value.value.name === 'R-NACOS')
    return { ok: true, value: rNacosInfo };
  if (named.value.kind !== 'said') {
    const error = await consoleOf(detection.client);
    if (error !== undefined) return { ok: false, error };
  }
  if (named.value.kind === 'absent' && forced === undefined) {
    const listed = await probe(detection, serverRead('/v1/ns/operator/metrics'), metrics);
    if (!listed.ok) return listed;
    if (listed.value.kind === 'absent') {
      const list = serverRead('/v1/ns/catalog/services', { pageNo: '1', pageSize: '1' });
      const last = await probe(detection, list, z.unknown());
      if (!last.ok) return last;
      if (last.value.kind === 'gone') return { ok: true, value: nacosInfo(unknownVersion, 'v3', true) };
      if (last.value.kind === 'absent') return await withoutV1(detection, last.value.error);
    }
  }
  const second = await hasV2(detection);
  if (!second.ok) return second;
  return { ok: true, value: nacosInfo(unknownVersion, forced ?? 'v1', second.value) };
}

/** From 3.2 on v1 says nothing of who answers; then any list of v3 is a 3.x. */
async function withoutV1(detection: Detection, error: RegistryError): Promise<Answer<ServerInfo>> {
  const list = serverRead('/v3/admin/ns/service/list', { pageNo: '1', pageSize: '1' });
  const listed = await probe(detection, list, z.object({ code: z.literal(0) }));
  if (!listed.ok) return listed;
  if (listed.value.kind === 'absent') return await notNacos(detection.client, error);
  return { ok: true, value: nacosInfo(unknownVersion, 'v3', true) };
}

async function notNacos(client: Client, error: RegistryError): Promise<Answer<ServerInfo>> {
  const [address = ''] = client.servers();
  const secure = httpsNeeded(address);
  if (error.kind === 'server-error' && error.status === 0 && (await hasTls(client, secure)))
    return { ok: false, error: secure };
  if (proxyKinds.has(error.kind) || error.kind === 'server-error') return { ok: false, error };
  const detail = 'none of the paths of Nacos is there; is the context path right?';
  return { ok: false, error: { kind: 'not-nacos', address, detail } };
}

/** Some who want TLS close a connection without it, and say nothing. Asked without a token. */
async function hasTls(
  client: Client,
  { address, instead }: ReturnType<typeof httpsNeeded>,
): Promise<boolean> {
  if (address === instead) return false;
  const exchange = await client.exchange(serverRead('/v3/admin/core/state'), instead);
  return exchange.ok || exchange.error.kind === 'tls';
}

/** The version as the cluster list names it, for a server that told none before the login. */
export async function withVersion(
  client: Client,
  info: ServerInfo,
  options: ReadOptions,
): Promise<ServerInfo> {
  if (info.version !== unknownVersion || info.product === 'r-nacos') return info;
  const path = info.dialect === 'v3' ? '/v3/admin/core/cluster/node/list' : '/v1/core/cluster/nodes';
  const reply = await client.read(serverRead(path), options);
  const wire = reply.ok ? readJson(reply.value, membersWire) : undefined;
  const versions =
    wire?.ok === true ? membersFrom(wire.value).items.map((member) => member.extendInfo?.version) : [];
  const version = versions.find((text) => typeof text === 'string' && text !== '');
  const hasV2Paths = info.traits.mayMarkAbsent;
  return version === null || version === undefined ? info : nacosInfo(version, info.dialect, hasV2Paths);
}
