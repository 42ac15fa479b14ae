import type { Clock } from '../../world/clock.ts';
import type { AccessKey, Signing } from '../../world/connection.ts';
import type { Answer } from '../../world/registry.ts';

/** A token, or `undefined` where the server wants none. */
export type Token = { readonly text: string; readonly ttlMs: number } | undefined;

/** What one login gave out. Two logins may give out the same token: they are told apart by this. */
export type Ticket = {
  /** The token to send, `undefined` for none. */
  readonly token: string | undefined;
  /** What to sign with, in place of a token. */
  readonly key?: AccessKey;
};

/** The token of one registry: fetched when first needed, renewed before it ends, one login for all who wait. */
export type Session = {
  /** Whether there is anything to log in or to sign with. */
  readonly hasLogin: boolean;
  /** How requests are signed, where they are. */
  readonly signing?: Signing;
  /** Whether a request will carry a token, as far as is known. */
  mayNeedToken(): boolean;
  ticket(): Promise<Answer<Ticket>>;
  /**
   * Another ticket than the one that was refused. The same for a while after it was fetched in place of another that
   * was refused: not every server may know it yet, and of one more they would know as little.
   */
  renewed(refused: Ticket): Promise<Answer<Ticket>>;
};

type Held = Ticket & { readonly endsAt: number; readonly renewAt: number };

/** A tenth of a token's life is left for the renewal, as the Java client does it. */
const renewalShare = 0.1;

/** A login that was refused is not tried again at once: some servers lock the user, some count. */
const refusedLoginPauseMs = 15_000;

/** In a cluster the others learn of a new token a moment later than the one that gave it out. */
export const learnedWithinMs = 2_000;

const noTicket: Ticket = { token: undefined };

export const noSession: Session = {
  hasLogin: false,
  mayNeedToken: () => false,
  ticket: () => Promise.resolve({ ok: true, value: noTicket }),
  renewed: () => Promise.resolve({ ok: true, value: noTicket }),
};

export function openSession(logIn: () => Promise<Answer<Token>>, clock: Clock): Session {
  let held: Held | undefined;
  let underWay: Promise<Answer<Ticket>> | undefined;
  let replacedAt = Number.NEGATIVE_INFINITY;
  let refusal: { readonly answer: Answer<Ticket>; readonly until: number } | undefined;

  const logInOnce = async (): Promise<Answer<Ticket>> => {
    if (refusal !== undefined && clock.monotonic() < refusal.until) return refusal.answer;
    const asked = clock.monotonic();
    const answer = await logIn();
    if (answer.ok) {
      const lifeMs = answer.value?.ttlMs ?? Number.POSITIVE_INFINITY;
      held = {
        token: answer.value?.text,
        endsAt: asked + lifeMs,
        renewAt: asked + lifeMs * (1 - renewalShare),
      };
      refusal = undefined;
      return { ok: true, value: held };
    }
    if (answer.error.kind === 'wrong-password' || answer.error.kind === 'login-limited') {
      refusal = { answer, until: clock.monotonic() + refusedLoginPauseMs };
    }
    return answer;
  };

  const login = (): Promise<Answer<Ticket>> => {
    underWay ??= logInOnce().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };

  return {
    hasLogin: true,
    mayNeedToken: () => held === undefined || held.token !== undefined,
    ticket: async () => {
      const now = clock.monotonic();
      if (held !== undefined && now < held.renewAt) return { ok: true, value: held };
      const answer = await login();
      const isStillGood = held !== undefined && clock.monotonic() < held.endsAt;
      return answer.ok || held === undefined || !isStillGood ? answer : { ok: true, value: held };
    },
    renewed: async (refused) => {
      if (held !== undefined && held !== refused) return { ok: true, value: held };
      const isNew = clock.monotonic() - replacedAt < learnedWithinMs;
      if (held !== undefined && isNew) return { ok: true, value: held };
      const answer = await login();
      if (answer.ok) replacedAt = clock.monotonic();
      return answer;
    },
  };
}
