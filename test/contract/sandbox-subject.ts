import { openRegistry } from '../../src/nacos/open-registry.ts';
import { startSandboxServer } from '../../src/sandbox/server.ts';
import { realClock } from '../../src/world/clock.ts';
import { fetchText } from '../support/fetch-text.ts';
import { heartbeatClient } from '../support/heartbeat-client.ts';
import { virtualClock } from '../support/virtual-clock.ts';
import { connectionTo, type Subject } from './subject.ts';

export type SandboxChoice = {
  readonly kind: Exclude<Subject['kind'], 'r-nacos'>;
  readonly hasAuth: boolean;
  readonly hasConsole: boolean;
};

const admin = { username: 'nacos', password: 'nacos' };
const reader = { username: 'reader', password: 'reader' };

/** The sandbox, on a clock that the cases turn. */
export async function sandboxSubject({ kind, hasAuth, hasConsole }: SandboxChoice): Promise<Subject> {
  const clock = virtualClock();
  const auth = { ...admin, readers: [reader], tokenTtlMs: 600_000 };
  const server = await startSandboxServer({ kind, clock, hasConsole, ...(hasAuth ? { auth } : {}) });
  const user = hasAuth ? admin : undefined;
  const connection = connectionTo(server.url, user);
  const logIn = async (): Promise<string | undefined> => {
    const { text } = await fetchText(`${server.url}/nacos/v1/auth/login`, { method: 'POST', form: admin });
    return /"accessToken":"([^"]*)"/.exec(text)?.[1];
  };
  const applications = heartbeatClient({ url: server.url, ...(hasAuth ? { token: logIn } : {}) });
  return {
    kind,
    url: server.url,
    hasNamespaces: hasConsole || kind === '3.x',
    reader: hasAuth ? reader : undefined,
    applications,
    token: hasAuth ? logIn : () => Promise.resolve(undefined),
    connection,
    open: (overrides = {}, options = {}) =>
      openRegistry({ ...connection, ...overrides }, { clock: realClock, ...options }),
    pause: () => clock.advance(100),
    turn: (ms) => clock.advance(ms),
    forgetsAfterMs: 70_000,
    emptyGoneAfterMs: kind === '1.4' ? undefined : 130_000,
    loseLeader:
      kind === '1.4'
        ? undefined
        : () => {
            server.faults.isLeaderless = true;
            return () => (server.faults.isLeaderless = false);
          },
    delayTokens: (ms) => {
      server.faults.unknownTokenMs = ms;
      return () => (server.faults.unknownTokenMs = 0);
    },
    close: async () => {
      applications.close();
      await server.close();
    },
  };
}
