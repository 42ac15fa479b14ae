import type { Answer, ServerInfo } from '../world/registry.ts';
import type { Client } from './client.ts';
import { failureOf } from './failure.ts';
import { loginRequest, readLogin, type Token } from './login.ts';
import { serverRead } from './request.ts';

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
      const request = loginRequest(loginPaths[dialect], username, await password());
      const answer = readLogin(await client.exchange(request, address), request, username);
      if (answer.ok) return answer;
      if (answer.error.kind === 'wrong-password') {
        // Where auth is off, nobody minds who we are.
        return (await isOpenToAll(address)) ? { ok: true, value: undefined } : answer;
      }
      failure = answer;
    }
    return failure;
  };
}
