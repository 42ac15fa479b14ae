import type { Answer, ServerInfo } from '../../world/registry.ts';
import type { Client } from '../http/client.ts';
import { failureOf } from '../http/failure.ts';
import { isIdleWithoutAuth, loginRequest, readLogin } from './login-request.ts';
import type { Token } from '../http/session.ts';
import { serverRead } from '../http/request.ts';
import { redacted } from '../http/redact.ts';

type Credentials = {
  readonly username: string;
  readonly password: () => Promise<string>;
  readonly dialect: ServerInfo['dialect'];
};

const loginPaths = { v1: '/v1/auth/login', v3: '/v3/auth/user/login' } as const;

/** A read that every logged-in user may do, and that nobody may without a login where auth is on. */
const lists: Readonly<Record<ServerInfo['dialect'], string>> = {
  v1: '/v1/ns/catalog/services',
  v3: '/v3/admin/ns/service/list',
};

/** Logs in to the first of the profile's own servers that answers; nobody else is given the password. */
export function logInTo(
  client: Client,
  { username, password, dialect }: Credentials,
): () => Promise<Answer<Token>> {
  const isOpenToAll = async (address: string): Promise<boolean> => {
    const request = serverRead(lists[dialect], { pageNo: '1', pageSize: '1' });
    const exchange = await client.exchange(request, address);
    const sender = { subject: request.subject, hasToken: false, hasLogin: false };
    return exchange.ok && failureOf(exchange.reply, sender) === undefined;
  };

  return async () => {
    let failure: Answer<Token> = { ok: false, error: { kind: 'unreachable', addresses: [], detail: '' } };
    for (const address of client.servers()) {
      const secret = await password();
      const request = loginRequest(loginPaths[dialect], username, secret);
      const exchange = await client.exchange(request, address);
      const answer = readLogin(exchange, request, username);
      if (answer.ok) return answer;
      if (isIdleWithoutAuth(answer.error)) {
        // Where auth is off, nobody minds who we are.
        return (await isOpenToAll(address)) ? { ok: true, value: undefined } : answer;
      }
      // Only now: a password may be a word that tells errors apart.
      const shown = readLogin(redacted(exchange, secret), request, username);
      failure = shown.ok ? answer : shown;
    }
    return failure;
  };
}
