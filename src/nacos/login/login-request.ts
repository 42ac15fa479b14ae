import * as z from 'zod';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { Answer } from '../../world/registry.ts';
import { failureOf, isPathAbsent } from '../http/failure.ts';
import type { NacosRequest } from '../http/request.ts';
import { readReply } from '../http/reply-text.ts';
import type { Token } from '../http/session.ts';
import type { Exchange, Reply } from '../http/transport.ts';

/** Five hours, as Nacos gives where nothing else is set up. */
const usualTtlSeconds = 18_000;

/** A life that is no time at all is not known; the token is used until it is refused. */
const ttl = z.coerce
  .number()
  .catch(usualTtlSeconds)
  .transform((seconds) => (Number.isFinite(seconds) && seconds > 0 ? seconds : usualTtlSeconds));
const given = z.object({ accessToken: z.string().min(1), tokenTtl: ttl });
const loginAnswer = z.union([given, z.object({ data: given }).transform(({ data }) => data)]);

/** What 2.3 and later give out while auth is off. */
const noToken = 'AUTH_DISABLED';

export function loginRequest(path: string, username: string, password: string): NacosRequest {
  const subject = { resource: path, action: 'read' } as const;
  return { method: 'POST', path, query: {}, form: { username, password }, subject };
}

/**
 * A wrong password is a 403 with words of its own on most versions, a 500 "caused: <user>;" for an unknown user on 2.x,
 * a 500 without a message on 3.1, and a status line that is no HTTP on a 2.2.4 without its console module.
 */
function isWrongPassword(error: RegistryError, user: string): boolean {
  switch (error.kind) {
    case 'token-refused':
    case 'login-needed':
    case 'forbidden':
      return true;
    case 'barred':
      // Other ways to log in have other words.
      return (
        error.mayBeToken &&
        /^access denied|user|password|log ?-?in|account|credential|用户|账号|密码|登录/i.test(error.detail)
      );
    case 'not-nacos':
      return error.detail.includes('Invalid status code');
    case 'rejected':
      return [400, 401].includes(error.status < 300 ? error.code : error.status);
    case 'server-error':
      return (
        error.detail === `caused: ${user};` ||
        /No message available|password|unknown user/i.test(error.detail)
      );
    default:
      return false;
  }
}

/** r-nacos counts logins, gateways count requests, and a user of another directory may be locked. */
const limitedWords = /frequent|too many|try again later|\block(ed|out)\b|频繁|锁定|稍后/i;

function isLimited({ status }: Reply, words: string): boolean {
  // A server that is down asks for patience too.
  return status === 429 || (status < 500 && limitedWords.test(words));
}

const whyNot = (error: RegistryError, user: string): RegistryError =>
  isWrongPassword(error, user) ? { kind: 'wrong-password', user } : error;

/** What a login came to. A server without that path has no auth to log in to. */
export function readLogin(exchange: Exchange, request: NacosRequest, user: string): Answer<Token> {
  if (!exchange.ok) return { ok: false, error: whyNot(exchange.error, user) };
  const { reply } = exchange;
  const error = failureOf(reply, { subject: request.subject, hasToken: true, hasLogin: true });
  const { json, words } = readReply(reply);
  if (error !== undefined) {
    if (isPathAbsent(error)) return { ok: true, value: undefined };
    if (isLimited(reply, words)) return { ok: false, error: { kind: 'login-limited', user, detail: words } };
    return { ok: false, error: whyNot(error, user) };
  }
  const answer = loginAnswer.safeParse(json);
  if (!answer.success) {
    const { address, path } = reply;
    return { ok: false, error: { kind: 'unreadable', address, path, detail: noTokenGiven } };
  }
  const { accessToken, tokenTtl } = answer.data;
  if (accessToken === noToken) return { ok: true, value: undefined };
  return { ok: true, value: { text: accessToken, ttlMs: tokenTtl * 1_000 } };
}

const noTokenGiven = 'a login without a token';

/** Whether a login went well and gave nothing to show for it, or was refused: where auth is off, neither matters. */
export function isIdleWithoutAuth(error: RegistryError): boolean {
  return error.kind === 'wrong-password' || (error.kind === 'unreadable' && error.detail === noTokenGiven);
}
