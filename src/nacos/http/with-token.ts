import type { RegistryError } from '../../core/registry/registry-error.ts';
import { attempt, type Attempt, type ClientOptions } from './attempt.ts';
import { failureOf, isCertainlyRefused, isForToken } from './failure.ts';
import type { NacosRequest } from './request.ts';
import { learnedWithinMs, type Session } from './session.ts';
import type { Reply } from './transport.ts';

export type Sent =
  | { readonly ok: true; readonly value: Reply }
  /** `isUnknown`: the server may have acted. */
  | { readonly ok: false; readonly error: RegistryError; readonly isUnknown: boolean };

/** How long a new token is given to be known everywhere: tried again after each of these. */
const pausesMs = [100, 200, 300, 400, 500, learnedWithinMs - 1_500];

/**
 * One request to one address. Where the token is refused, with a new one, and with that again until it must be known
 * everywhere: a refused request did nothing.
 */
export async function withToken(
  options: ClientOptions,
  session: Session,
  request: NacosRequest,
  address: string,
  { signal, next }: Pick<Attempt, 'signal' | 'next'>,
): Promise<Sent> {
  let pauses = pausesMs.values();
  let isRenewed = false;
  let ticket = await session.ticket();
  for (;;) {
    if (!ticket.ok) return { ok: false, error: ticket.error, isUnknown: false };
    const { token, key } = ticket.value;
    const sentAtMs = options.clock.wallClock();
    const exchange = await attempt(options, request, address, { ticket: ticket.value, signal, next });
    if (!exchange.ok) return { ok: false, error: exchange.error, isUnknown: exchange.wasSent };
    const sender = {
      subject: request.subject,
      hasToken: token !== undefined,
      hasLogin: session.hasLogin,
      ...(key && { signedAtMs: sentAtMs }),
    };
    const error = failureOf(exchange.reply, sender);
    if (error === undefined) return { ok: true, value: exchange.reply };
    const refused = { ok: false, error, isUnknown: !isCertainlyRefused(error) } as const;
    if (!session.hasLogin || !isForToken(error)) return refused;
    const before = ticket.value;
    if (!isRenewed) ticket = await session.renewed(before);
    // A key is good at once, or it is not.
    if (key !== undefined && ticket.ok && ticket.value === before) return refused;
    if (!ticket.ok || ticket.value !== before) {
      isRenewed = true;
      pauses = pausesMs.values();
      continue;
    }
    const pause = pauses.next();
    if (pause.done === true || signal?.aborted === true) return refused;
    await options.clock.sleep(pause.value, signal);
    ticket = await session.ticket();
  }
}
