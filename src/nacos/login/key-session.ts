import type { Clock } from '../../world/clock.ts';
import type { AccessKey, Signing } from '../../world/connection.ts';
import type { Answer } from '../../world/registry.ts';
import type { Session, Ticket } from '../http/session.ts';

/** A temporary key is changed well before it ends. */
const readEveryMs = 60_000;
/** A key that is refused is not read again and again: that may start a command. */
const refusedPauseMs = 15_000;

/** Nothing is logged in to: requests are signed with a key, which is read now and then, and once more where it is refused. */
export function openKeySession(signing: Signing, clock: Clock): Session {
  let held: (Ticket & { readonly key: AccessKey }) | undefined;
  let readMs = Number.NEGATIVE_INFINITY;
  let underWay: Promise<Answer<Ticket>> | undefined;

  const readOnce = async (): Promise<Answer<Ticket>> => {
    const key = await signing.accessKey();
    readMs = clock.monotonic();
    if (key !== undefined && !(held && isSameKey(held.key, key))) held = { token: undefined, key };
    return held === undefined
      ? { ok: false, error: { kind: 'wrong-key', detail: 'it cannot be read' } }
      : { ok: true, value: held };
  };
  const read = async (): Promise<Answer<Ticket>> => {
    underWay ??= readOnce().finally(() => {
      underWay = undefined;
    });
    return await underWay;
  };
  const ageMs = (): number => clock.monotonic() - readMs;

  return {
    hasLogin: true,
    signing,
    mayNeedToken: () => false,
    ticket: async () =>
      held !== undefined && ageMs() < readEveryMs ? { ok: true, value: held } : await read(),
    renewed: async (refused) =>
      held !== undefined && (held !== refused || ageMs() < refusedPauseMs)
        ? { ok: true, value: held }
        : await read(),
  };
}

function isSameKey(one: AccessKey, other: AccessKey): boolean {
  return one.id === other.id && one.secret === other.secret && one.securityToken === other.securityToken;
}
