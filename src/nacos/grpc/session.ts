import { networkInterfaces } from 'node:os';
import * as z from 'zod';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import { parseJson } from '../../core/text/json-text.ts';
import type { Clock } from '../../world/clock.ts';
import type { Connection } from '../../world/connection.ts';
import type { Answer } from '../../world/registry.ts';
import { ownName } from '../wire/own-name.ts';
import { askOnce, channelError, detailMax, grpcAddress, openChannel, openStream } from './channel.ts';
import type { Payload } from './payload.ts';

/** How long an answer is waited for. */
const askWithinMs = 3_000;
/** A server that does not say that it has set us up (before 2.3, r-nacos) has by then. */
const silentSetupMs = 200;

/** One session with one server node. It ends when its connection does, and is not mended. */
export type GrpcSession = {
  /** One question. An answer may still say that it was refused. */
  ask(type: string, body: object, headers?: Readonly<Record<string, string>>): Promise<Answer<Payload>>;
  /** Resolves when it is over, with the reason. */
  readonly ended: Promise<RegistryError>;
  close(): void;
};

export type SessionOptions = {
  readonly node: string;
  readonly namespace: string;
  readonly tls: Connection['tls'];
  readonly clock: Clock;
  /** Told of each list that the server sends by itself. */
  readonly pushed: (body: unknown) => void;
};

const checkWire = z.object({
  connectionId: z.string(),
  /** Came with 2.3. */
  supportAbilityNegotiation: z.boolean().nullish().catch(undefined),
});
const requestWire = z.object({ requestId: z.string().nullish().catch(undefined) }).catch({});

/** What the server asks of us by itself, and what each is answered with. */
const answers: ReadonlyMap<string, string> = new Map([
  ['NotifySubscriberRequest', 'NotifySubscriberResponse'],
  ['ClientDetectionRequest', 'ClientDetectionResponse'],
  ['ConnectResetRequest', 'ConnectResetResponse'],
]);

/** What the parts of one session share. */
type Line = Pick<SessionOptions, 'node' | 'clock'> & {
  readonly client: ReturnType<typeof openChannel>;
  readonly message: (type: string, body: object, headers?: Payload['headers']) => Payload;
  readonly over: PromiseWithResolvers<RegistryError>;
};

/**
 * Connects and is set up as a naming client. Where the server sends us elsewhere (`ConnectResetRequest`), we come back to
 * the same node: it is this one's view that counts, and nobody else gets our token.
 */
export async function openGrpcSession(options: SessionOptions): Promise<Answer<GrpcSession>> {
  const { node, tls, clock } = options;
  const clientIp = ownAddress();
  const line: Line = {
    node,
    clock,
    client: openChannel(node, tls),
    message: (type, body, headers = {}) => ({ type, headers, clientIp, body: JSON.stringify(body) }),
    over: Promise.withResolvers<RegistryError>(),
  };
  const close = (): void => {
    line.over.resolve(ended('closed by us'));
    line.client.close();
  };
  const error = await setUp(line, options);
  if (error === undefined)
    return { ok: true, value: { ask: (...given) => ask(line, ...given), ended: line.over.promise, close } };
  close();
  return { ok: false, error };
}

async function ask(
  { node, client, clock, message }: Line,
  ...[type, body, headers]: Parameters<GrpcSession['ask']>
): Promise<Answer<Payload>> {
  const answered = new AbortController();
  const reply = Promise.withResolvers<Answer<Payload>>();
  const cancel = askOnce(client, message(type, body, headers), (error, answer) => {
    answered.abort();
    if (error !== null) reply.resolve({ ok: false, error: channelError(node, error) });
    else if (answer !== undefined) reply.resolve({ ok: true, value: answer });
  });
  const tooLate = async (): Promise<Answer<Payload>> => {
    await clock.sleep(askWithinMs, answered.signal);
    if (answered.signal.aborted) return await reply.promise;
    cancel();
    return { ok: false, error: late(node) };
  };
  return await Promise.race([reply.promise, tooLate()]);
}

async function setUp(line: Line, options: SessionOptions): Promise<RegistryError | undefined> {
  const { node, clock, message, over } = line;
  const checked = await ask(line, 'ServerCheckRequest', { requestId: '1' });
  if (!checked.ok) return checked.error;
  const wire = checkWire.safeParse(parseJson(checked.value.body));
  if (!wire.success) return unsaid(node, checked.value);
  const isReady = Promise.withResolvers<'ready'>();
  const stream = listen(line, options, () => isReady.resolve('ready'));
  const { namespace: tenant } = options;
  const labels = { source: 'sdk', module: 'naming', AppName: ownName };
  const setup = { clientVersion: ownName, tenant, labels, abilityTable: {} };
  stream.send(message('ConnectionSetupRequest', setup));
  const saysSo = wire.data.supportAbilityNegotiation === true;
  const waited = new AbortController();
  const patience = clock.sleep(saysSo ? askWithinMs : silentSetupMs, waited.signal);
  const first = await Promise.race([isReady.promise, over.promise, patience]);
  waited.abort();
  if (typeof first === 'object') return first;
  return first === 'ready' || !saysSo ? undefined : late(node);
}

/** Answers what the server asks by itself, and tells what it pushes. */
function listen(
  { node, client, message, over }: Line,
  { pushed }: SessionOptions,
  setUpNow: () => void,
): ReturnType<typeof openStream> {
  const hear = (payload: Payload): void => {
    if (payload.type === 'SetupAckRequest') return setUpNow();
    const answer = answers.get(payload.type);
    if (answer === undefined) return;
    const body = parseJson(payload.body);
    const { requestId } = requestWire.parse(body);
    stream.send(message(answer, { resultCode: 200, errorCode: 0, success: true, requestId }), () => {
      if (payload.type === 'ConnectResetRequest') over.resolve(ended('the server asked us to connect anew'));
    });
    if (payload.type === 'NotifySubscriberRequest') pushed(body);
  };
  const stream = openStream(client, hear, (status) => over.resolve(channelError(node, status)));
  void over.promise.then(() => stream.cancel());
  return stream;
}

const failureWire = z.object({ message: z.string().nullish().catch(undefined) }).catch({});

/** The server answers, but not to what we asked: it is starting, or it is another one. */
function unsaid(node: string, { type, body }: Payload): RegistryError {
  const { message } = failureWire.parse(parseJson(body));
  if (type !== 'ErrorResponse')
    return { kind: 'not-nacos', address: grpcAddress(node), detail: type.slice(0, 80) };
  return { kind: 'server-error', status: 0, detail: (message ?? '').slice(0, detailMax) };
}

function late(node: string): RegistryError {
  return { kind: 'timeout', address: grpcAddress(node), afterMs: askWithinMs, wasSent: true };
}

function ended(why: string): RegistryError {
  return { kind: 'server-error', status: 0, detail: `the connection ended: ${why}` };
}

/** By which Nacos lists us among the subscribers; it takes our word for it. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((some) => some ?? []);
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
}
