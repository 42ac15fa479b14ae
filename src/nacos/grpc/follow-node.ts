import * as z from 'zod';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import { type ServiceId, serviceKey } from '../../core/registry/service.ts';
import { fullName } from '../../core/registry/service-name.ts';
import type { Clock } from '../../world/clock.ts';
import type { Connection } from '../../world/connection.ts';
import type { Answer } from '../../world/registry.ts';
import type { Hearing, Told } from '../../world/subscription.ts';
import { failureOf, isForToken } from '../http/failure.ts';
import type { Sender } from '../http/refusal.ts';
import { redactedText } from '../http/redact.ts';
import type { Ticket } from '../http/session.ts';
import { serviceSubject } from '../http/request.ts';
import { type Session, learnedWithinMs } from '../http/session.ts';
import { signedNaming } from '../signature/sign.ts';
import { ownName } from '../wire/own-name.ts';
import { grpcAddress } from './channel.ts';
import { type GrpcSession, openGrpcSession, parsed } from './session.ts';
import { toldList } from './told-lists.ts';

/** A server drops a client of which it hears nothing for 20 s. */
const healthEveryMs = 5_000;
const retryFirstMs = 100;
/** A server that restarts is found again soon after it is back. */
const retryMaxMs = 1_000;
/** One that never let us in may have its port closed for good. */
const strangerRetryMaxMs = 30_000;
/** A session that ends sooner than this is no better than none. */
const lastingMs = 2_000;
/** A service that we may not read is asked for again after so long: permissions change. */
const forbiddenRetryMs = 30_000;
/** One that was refused otherwise: a server that has just started knows no user yet. */
const refusedRetryMs = 1_000;
/** How many services are asked for at once. */
const atOnce = 16;
/** A new token is not known to every server at once. */
const tokenPausesMs = [0, 500, learnedWithinMs];

export type NodeToFollow = {
  readonly node: string;
  readonly namespace: string;
  readonly tls: Connection['tls'];
  readonly clock: Clock;
  /** Finds out who answers, and logs in. */
  readonly ready: () => Promise<Answer<unknown>>;
  readonly login: () => Session;
  /** The services that are wanted now, all of this namespace. */
  readonly services: () => readonly ServiceId[];
  /** Aborted when other services are wanted. */
  readonly change: () => AbortSignal;
  readonly told: (told: Told) => void;
  /** Of all services where none is named. */
  readonly heard: (hearing: Hearing, service?: ServiceId) => void;
};

/** Follows services on one server node until the signal is aborted, over as many sessions as it takes. */
export async function followNode(followed: NodeToFollow, signal: AbortSignal): Promise<void> {
  const { clock } = followed;
  let retryMs = retryFirstMs;
  let maxMs = strangerRetryMaxMs;
  while (!signal.aborted) {
    const beganMs = clock.monotonic();
    const { error, wasIn } = await oneSession(followed, signal);
    if (signal.aborted) return;
    followed.heard({ kind: 'unavailable', error });
    if (wasIn) maxMs = retryMaxMs;
    if (wasIn && clock.monotonic() - beganMs >= lastingMs) retryMs = retryFirstMs;
    await clock.sleep(retryMs, signal);
    retryMs = Math.min(retryMs * 2, maxMs);
  }
}

type Over = { readonly error: RegistryError; readonly wasIn: boolean };

async function oneSession(followed: NodeToFollow, signal: AbortSignal): Promise<Over> {
  const found = await followed.ready();
  if (!found.ok) return { error: found.error, wasIn: false };
  if (signal.aborted) return { error: stopped, wasIn: false };
  const pushed = (body: unknown): void => tell(followed, body);
  const opened = await openGrpcSession({ ...followed, pushed });
  if (!opened.ok) return { error: opened.error, wasIn: false };
  const session = opened.value;
  const onAbort = (): void => session.close();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const error = await Promise.race([session.ended, keep(followed, session, signal)]);
  signal.removeEventListener('abort', onAbort);
  session.close();
  return { error, wasIn: true };
}

const stopped: RegistryError = { kind: 'server-error', status: 0, detail: 'closed by us' };

function tell({ node, clock, services, told }: NodeToFollow, body: unknown): void {
  const list = toldList(body, services());
  if (list !== undefined) told({ node, atMs: clock.monotonic(), ...list });
}

/** What a session has asked for, and when what was refused is asked for again. */
type Asked = {
  readonly listening: Map<string, ServiceId>;
  readonly refusedUntilMs: Map<string, number>;
};

/** Keeps a session alive, and its subscriptions as wanted; gives the reason once it is no longer good. */
async function keep(
  followed: NodeToFollow,
  session: GrpcSession,
  signal: AbortSignal,
): Promise<RegistryError> {
  const { clock } = followed;
  const asked: Asked = { listening: new Map(), refusedUntilMs: new Map() };
  const over = new AbortController();
  void session.ended.then(() => over.abort());
  let checkedMs = clock.monotonic();
  while (!signal.aborted && !over.signal.aborted) {
    const change = followed.change();
    const error = await askAsWanted(followed, session, asked);
    if (error !== undefined) return error;
    const dueMs = Math.min(checkedMs + healthEveryMs, ...asked.refusedUntilMs.values());
    await clock.sleep(dueMs - clock.monotonic(), AbortSignal.any([signal, over.signal, change]));
    if (clock.monotonic() - checkedMs < healthEveryMs) continue;
    checkedMs = clock.monotonic();
    const health = readAnswer(await session.ask('HealthCheckRequest', {}));
    if (!health.ok) return health.error;
  }
  return await session.ended;
}

async function askAsWanted(
  followed: NodeToFollow,
  session: GrpcSession,
  { listening, refusedUntilMs }: Asked,
): Promise<RegistryError | undefined> {
  const now = followed.clock.monotonic();
  const wanted = new Map(followed.services().map((id) => [serviceKey(id), id]));
  for (const [key, untilMs] of refusedUntilMs)
    if (untilMs <= now || !wanted.has(key)) refusedUntilMs.delete(key);
  const leaving = [...listening].filter(([key]) => !wanted.has(key));
  const joining = [...wanted].filter(([key]) => !listening.has(key) && !refusedUntilMs.has(key));
  for (let at = 0; at < leaving.length; at += atOnce)
    await Promise.all(
      leaving.slice(at, at + atOnce).map(async ([key, service]) => {
        listening.delete(key);
        await askWithToken(followed, session, service, false);
      }),
    );
  for (let at = 0; at < joining.length; at += atOnce) {
    const errors = await Promise.all(
      joining.slice(at, at + atOnce).map(async ([key, service]) => {
        const answer = await askWithToken(followed, session, service, true);
        if (answer.ok) {
          listening.set(key, service);
          tell(followed, answer.value);
          followed.heard({ kind: 'listening' }, service);
          return undefined;
        }
        if (isOfSession(answer.error)) return answer.error;
        const retryMs = answer.error.kind === 'forbidden' ? forbiddenRetryMs : refusedRetryMs;
        refusedUntilMs.set(key, followed.clock.monotonic() + retryMs);
        followed.heard({ kind: 'unavailable', error: answer.error }, service);
        return undefined;
      }),
    );
    const error = errors.find((one) => one !== undefined);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** Not about one service: the next session may do better. */
const isOfSession = ({ kind }: RegistryError): boolean =>
  ['unreachable', 'timeout', 'tls', 'server-error', 'not-nacos'].includes(kind);

/** (Un)subscribes; where the token is refused, once more with a new one, and with that again until it must be known. */
async function askWithToken(
  { node, login, clock }: NodeToFollow,
  session: GrpcSession,
  id: ServiceId,
  isJoining: boolean,
): Promise<Answer<unknown>> {
  const { namespace, group: groupName, service: serviceName } = id;
  const body = { namespace, groupName, serviceName, clusters: '', subscribe: isJoining, module: 'naming' };
  const pauses = tokenPausesMs.values();
  for (;;) {
    const ticket = await login().ticket();
    if (!ticket.ok) return ticket;
    const { headers, secrets, signedAtMs } = identityOf(ticket.value, id, clock.wallClock());
    const answer = readAnswer(
      await session.ask('SubscribeServiceRequest', body, { app: ownName, ...headers }),
      {
        address: grpcAddress(node),
        service: id,
        secrets,
        sender: {
          hasToken: ticket.value.token !== undefined,
          hasLogin: login().hasLogin,
          ...(signedAtMs !== undefined && { signedAtMs }),
        },
      },
    );
    if (answer.ok || !login().hasLogin || !isForToken(answer.error)) return answer;
    const pause = pauses.next();
    if (pause.done === true) return answer;
    await clock.sleep(pause.value);
    const renewed = await login().renewed(ticket.value);
    if (!renewed.ok) return renewed;
    // A key is good at once, or it is not.
    if (ticket.value.key !== undefined && renewed.value === ticket.value) return answer;
  }
}

type Identity = {
  readonly headers: Readonly<Record<string, string>>;
  /** What of it no output may show. */
  readonly secrets: readonly string[];
  readonly signedAtMs?: number;
};

/** Who we are, as the Java client says it: only requests about services carry it. */
function identityOf({ token, key }: Ticket, id: ServiceId, atMs: number): Identity {
  if (key !== undefined) {
    const headers = signedNaming(key, fullName(id), atMs);
    const secrets = [key.secret, key.securityToken ?? '', key.id, headers['signature'] ?? ''];
    return { headers, secrets, signedAtMs: atMs };
  }
  return token === undefined
    ? { headers: {}, secrets: [] }
    : { headers: { accessToken: token }, secrets: [token] };
}

const answerWire = z.looseObject({
  resultCode: z.number(),
  errorCode: z.number().nullish().catch(undefined),
  message: z.string().nullish().catch(undefined),
});

type Asker = {
  readonly address: string;
  readonly service: ServiceId;
  readonly secrets: readonly string[];
  readonly sender: Omit<Sender, 'subject'>;
};

/** The JSON of an answer, or what is wrong with it, told apart by the same words as over HTTP. */
function readAnswer(answer: Awaited<ReturnType<GrpcSession['ask']>>, asker?: Asker): Answer<unknown> {
  if (!answer.ok) return answer;
  const path = answer.value.type;
  const wire = answerWire.safeParse(parsed(answer.value.body));
  if (!wire.success)
    return {
      ok: false,
      error: {
        kind: 'unreadable',
        path,
        detail: 'no answer of Nacos',
        ...(asker && { address: asker.address }),
      },
    };
  const { resultCode, errorCode, message } = wire.data;
  if (resultCode === 200) return { ok: true, value: wire.data };
  const body = (asker?.secrets ?? []).reduce((text, secret) => redactedText(text, secret), message ?? '');
  const detail = `${errorCode ?? resultCode} ${body}`.slice(0, 300);
  const plain: RegistryError = { kind: 'server-error', status: 0, detail };
  if (asker === undefined || errorCode !== 403) return { ok: false, error: plain };
  const { address, service } = asker;
  const sender = { ...asker.sender, subject: serviceSubject(service, 'read') };
  const reply = { address, path, status: 403, contentType: 'text/plain', body };
  return { ok: false, error: failureOf(reply, sender) ?? plain };
}
