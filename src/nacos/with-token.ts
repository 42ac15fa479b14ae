import type { RegistryError } from '../core/registry-error.ts';
import { attempt, type ClientOptions } from './attempt.ts';
import { failureOf, isCertainlyRefused } from './failure.ts';
import type { NacosRequest } from './request.ts';
import type { Session } from './session.ts';
import type { Reply } from './transport.ts';
import { unsaid } from './unsaid.ts';

export type Sent =
  | { readonly ok: true; readonly value: Reply }
  /** `isUnknown`: the server may have acted. */
  | { readonly ok: false; readonly error: RegistryError; readonly isUnknown: boolean };

/** One address, with a new token once where the old one was refused: a refused request did nothing. */
export async function withToken(
  options: ClientOptions,
  session: Session,
  request: NacosRequest,
  address: string,
  signal: AbortSignal | undefined,
): Promise<Sent> {
  const first = await session.token();
  if (!first.ok) return { ok: false, error: first.error, isUnknown: false };
  let token = first.value;
  for (let isRenewed = false; ; isRenewed = true) {
    const said = await attempt(options, request, address, { token, signal });
    const exchange = unsaid(said, token);
    if (!exchange.ok) return { ok: false, error: exchange.error, isUnknown: exchange.wasSent };
    const sender = { subject: request.subject, hasToken: token !== undefined, hasLogin: session.hasLogin };
    const error = failureOf(exchange.reply, sender);
    if (error === undefined) return { ok: true, value: exchange.reply };
    const mayRenew = error.kind === 'token-refused' && session.hasLogin && !isRenewed;
    if (!mayRenew) return { ok: false, error, isUnknown: !isCertainlyRefused(error) };
    const renewed = await session.renewed(token);
    if (!renewed.ok) return { ok: false, error: renewed.error, isUnknown: false };
    token = renewed.value;
  }
}
