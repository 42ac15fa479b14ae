import type { RegistryError } from '../../core/registry/registry-error.ts';
import { type ServiceId, serviceKey } from '../../core/registry/service.ts';
import type { Clock } from '../../world/clock.ts';
import type { Connection } from '../../world/connection.ts';
import type { Answer } from '../../world/registry.ts';
import type { Hearing, Told } from '../../world/subscription.ts';
import type { Session } from '../http/session.ts';
import { type GrpcSession, openGrpcSession } from './session.ts';
import { askWithToken, readAnswer } from './subscribe.ts';
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
