import type { Clock } from '../world/clock.ts';
import type { Answer } from '../world/registry.ts';

/** A token, or `undefined` where the server wants none. */
export type Token = { readonly text: string; readonly ttlMs: number } | undefined;

/** The token of one registry: fetched when first needed, renewed before it ends, one login for all who wait. */
export type Session = {
  /** Whether there is anything to log in with. */
  readonly hasLogin: boolean;
  /** Whether a request will carry a token, as far as is known. */
  mayNeedToken(): boolean;
  /** The token to send, `undefined` for none. */
  token(): Promise<Answer<string | undefined>>;
  /** Another token than the one that was refused. */
  renewed(refused: string | undefined): Promise<Answer<string | undefined>>;
};

type Held = { readonly token: Token; readonly endsAt: number; readonly renewAt: number };

/** A tenth of a token's life is left for the renewal, as the Java client does it. */
const renewalShare = 0.1;

/** A wrong password is not tried again at once: some servers lock the user, some count. */
const wrongPasswordPauseMs = 15_000;

export const noSession: Session = {
  hasLogin: false,
  mayNeedToken: () => false,
  token: () => Promise.resolve({ ok: true, value: undefined }),
  renewed: () => Promise.resolve({ ok: true, value: undefined }),
};

export function openSession(logIn: () => Promise<Answer<Token>>, clock: Clock): Session {
  let held: Held | undefined;
  let underWay: Promise<Answer<string | undefined>> | undefined;
  let refusal: { readonly answer: Answer<string | undefined>; readonly until: number } | undefined;

  const logInOnce = async (): Promise<Answer<string | undefined>> => {
    if (refusal !== undefined && clock.monotonic() < refusal.until) return refusal.answer;
    const asked = clock.monotonic();
    const answer = await logIn();
    if (answer.ok) {
      const lifeMs = answer.value?.ttlMs ?? Number.POSITIVE_INFINITY;
      const renewAt = asked + lifeMs * (1 - renewalShare);
      held = { token: answer.value, endsAt: asked + lifeMs, renewAt };
      refusal = undefined;
      return { ok: true, value: answer.value?.text };
    }
    if (answer.error.kind === 'wrong-password') {
      refusal = { answer, until: clock.monotonic() + wrongPasswordPauseMs };
    }
    return answer;
  };

  const login = (): Promise<Answer<string | undefined>> => {
    underWay ??= logInOnce().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };

  return {
    hasLogin: true,
    mayNeedToken: () => held === undefined || held.token !== undefined,
    token: async () => {
      const now = clock.monotonic();
      if (held !== undefined && now < held.renewAt) return { ok: true, value: held.token?.text };
      const answer = await login();
      const isStillGood = held !== undefined && clock.monotonic() < held.endsAt;
      return answer.ok || !isStillGood ? answer : { ok: true, value: held?.token?.text };
    },
    renewed: async (refused) => {
      if (held !== undefined && held.token?.text !== refused) return { ok: true, value: held.token?.text };
      return await login();
    },
  };
}
