import { realClock } from '../../../src/world/clock.ts';

/** One login for all who ask within `keepMs`: a server works a tenth of a second at each. */
export function keptToken(
  logIn: () => Promise<string | undefined>,
  keepMs: number,
): () => Promise<string | undefined> {
  let kept: { token: Promise<string | undefined>; untilMs: number } | undefined;
  return async () => {
    const now = realClock.monotonic();
    if (kept === undefined || now > kept.untilMs) kept = { token: logIn(), untilMs: now + keepMs };
    return await kept.token;
  };
}
