import * as z from 'zod';
import type { RegistryError } from '../core/registry-error.ts';
import type { Answer } from '../world/registry.ts';
import { failureOf, isPathAbsent } from './failure.ts';
import type { NacosRequest } from './request.ts';
import { readReply } from './reply-text.ts';
import type { Token } from './session.ts';
import type { Exchange } from './transport.ts';

const loginAnswer = z.object({ accessToken: z.string(), tokenTtl: z.coerce.number().catch(18_000) });

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
    case 'not-nacos':
      return error.detail.includes('Invalid status code');
    case 'rejected':
      return [400, 401].includes(error.status);
    case 'server-error':
      return (
        error.detail === `caused: ${user};` ||
        /No message available|password|unknown user/i.test(error.detail)
      );
    default:
      return false;
  }
}

/** What a login came to. A server without that path has no auth to log in to. */
export function readLogin(exchange: Exchange, request: NacosRequest, user: string): Answer<Token> {
  if (!exchange.ok) {
    const { error } = exchange;
    return { ok: false, error: isWrongPassword(error, user) ? { kind: 'wrong-password', user } : error };
  }
  const { reply } = exchange;
  const error = failureOf(reply, { subject: request.subject, hasToken: false, hasLogin: true });
  if (error !== undefined) {
    if (isPathAbsent(error)) return { ok: true, value: undefined };
    return { ok: false, error: isWrongPassword(error, user) ? { kind: 'wrong-password', user } : error };
  }
  const answer = loginAnswer.safeParse(readReply(reply).json);
  if (!answer.success) {
    return { ok: false, error: { kind: 'unreadable', path: reply.path, detail: 'a login without a token' } };
  }
  const { accessToken, tokenTtl } = answer.data;
  if (accessToken === '' || accessToken === noToken) return { ok: true, value: undefined };
  return { ok: true, value: { text: accessToken, ttlMs: tokenTtl * 1_000 } };
}
