import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRegistry } from '../../../src/nacos/open-registry.ts';
import { realClock } from '../../../src/world/clock.ts';
import { buildJavaClient, openLifeline, registerWithJava } from '../../live/clients/java-client.ts';
import { type LiveVersion, startLiveNacos } from '../../live/servers/live-nacos.ts';
import { fetchText } from '../../support/servers/fetch-text.ts';
import { heartbeatClient } from '../../support/servers/heartbeat-client.ts';
import { keptToken } from '../../support/servers/kept-token.ts';
import { connectionTo, type Subject } from './subject.ts';

const admin = { username: 'nacos', password: 'nacos' };
const reader = { username: 'reader', password: 'reader' };

/** Short, so that the cases see a token end without waiting long. */
const tokenTtlSeconds = 5;

/** A minute by default; the cases need not wait that long. */
const memoryMs = 6_000;
const sweepMs = 1_000;
const properties = ['expired-metadata', 'empty-service'].flatMap((what) => [
  `-Dnacos.naming.clean.${what}.expired-time=${memoryMs}`,
  `-Dnacos.naming.clean.${what}.interval=${sweepMs}`,
]);

const authPaths = {
  '2.2.4': {
    login: 'v1/auth/login',
    users: 'v1/auth/users',
    roles: 'v1/auth/roles',
    permissions: 'v1/auth/permissions',
  },
  '3.1.0': {
    login: 'v3/auth/user/login',
    users: 'v3/auth/user',
    roles: 'v3/auth/role',
    permissions: 'v3/auth/permission',
  },
} as const;

/** A real Nacos, started for the cases. */
export async function liveSubject(version: LiveVersion, hasAuth: boolean): Promise<Subject> {
  buildJavaClient(version);
  const nacos = await startLiveNacos({ version, hasAuth, tokenTtlSeconds, properties });
  const lifeline = await openLifeline();
  const directory = mkdtempSync(join(tmpdir(), 'connections-'));
  const places = { nacos, hasAuth, lifeline, directory };
  const user = hasAuth ? admin : undefined;
  const connection = connectionTo(nacos.url, user);
  const post = async (path: string, form: Record<string, string>): Promise<string> => {
    const token = path === authPaths[version].login ? undefined : await logIn();
    return (await fetchText(`${nacos.url}/nacos/${path}`, { method: 'POST', form, token })).text;
  };
  const logIn = async (): Promise<string | undefined> =>
    /"accessToken":"([^"]*)"/.exec(await post(authPaths[version].login, admin))?.[1];
  if (hasAuth) {
    const { users, roles, permissions } = authPaths[version];
    const resource = version === '2.2.4' ? ':*:*' : 'public:*:*';
    await post(users, reader);
    await post(roles, { role: 'READERS', username: reader.username });
    await post(permissions, { role: 'READERS', resource, action: 'r' });
  }
  const token = hasAuth ? keptToken(logIn, (tokenTtlSeconds * 1_000) / 2) : () => Promise.resolve(undefined);
  const applications = heartbeatClient({ url: nacos.url, token });
  return {
    kind: version === '2.2.4' ? '2.x' : '3.x',
    url: nacos.url,
    isTelling: true,
    hasNamespaces: version === '3.1.0',
    reader: hasAuth ? reader : undefined,
    applications,
    connect: async (registration) => await registerWithJava(places, registration),
    token,
    connection,
    open: (overrides = {}, options = {}) =>
      openRegistry({ ...connection, ...overrides }, { clock: realClock, ...options }),
    pause: () => realClock.sleep(100),
    turn: undefined,
    forgetsAfterMs: memoryMs + 3 * sweepMs,
    emptyGoneAfterMs: memoryMs + 3 * sweepMs,
    loseLeader: undefined,
    delayTokens: undefined,
    mixPages: undefined,
    close: async () => {
      applications.close();
      lifeline.cut();
      await nacos.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
