import { openRegistry } from '../../../src/nacos/open-registry.ts';
import { deregister, register } from '../../../src/sandbox/registry/registry-writes.ts';
import { clientApiOf } from '../../../src/sandbox/registry/registry-state.ts';
import { type SandboxServer, startSandboxServer } from '../../../src/sandbox/server.ts';
import { type Clock, realClock } from '../../../src/world/clock.ts';
import { fetchText } from '../../support/servers/fetch-text.ts';
import { type Registration, heartbeatClient } from '../../support/servers/heartbeat-client.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { type Connected, connectionTo, isThree, type Subject } from './subject.ts';

export type SandboxChoice = {
  readonly kind: Exclude<Subject['kind'], 'r-nacos'>;
  readonly hasAuth: boolean;
  readonly hasConsole: boolean;
};

let connectionCount = 0;

/** The sandbox speaks HTTP only: its connections are made behind it. */
function connect({ state }: SandboxServer, clock: Clock, registration: Registration): Promise<Connected> {
  connectionCount += 1;
  const client = `connection-${connectionCount}`;
  const { enabled = true, weight, metadata } = registration;
  register(state, registration, { enabled, weight, metadata, ephemeral: true }, clock.monotonic(), client);
  return Promise.resolve({
    close: async () => deregister(state, registration, clock.monotonic(), client),
  });
}

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
    const path = kind === '3.2' ? 'v3/auth/user/login' : 'v1/auth/login';
    const { text } = await fetchText(`${server.url}/nacos/${path}`, { method: 'POST', form: admin });
    return /"accessToken":"([^"]*)"/.exec(text)?.[1];
  };
  const applications = heartbeatClient({
    url: server.url,
    api: clientApiOf(kind),
    ...(hasAuth ? { token: logIn } : {}),
  });
  return {
    kind,
    url: server.url,
    isTelling: false,
    hasNamespaces: hasConsole || isThree({ kind }),
    reader: hasAuth ? reader : undefined,
    applications,
    connect: kind === '1.4' ? undefined : (registration) => connect(server, clock, registration),
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
    mixPages: (pages, longest) => {
      Object.assign(server.faults, { turnedPages: pages, longestPage: longest });
      return () => Object.assign(server.faults, { turnedPages: 0, longestPage: 0 });
    },
    close: async () => {
      applications.close();
      await server.close();
    },
  };
}
