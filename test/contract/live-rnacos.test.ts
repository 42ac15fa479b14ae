import { describe } from 'vitest';
import { openRegistry } from '../../src/nacos/open-registry.ts';
import { realClock } from '../../src/world/clock.ts';
import { startRNacos, whyNoRNacos } from '../live/servers/live-rnacos.ts';
import { heartbeatClient } from '../support/servers/heartbeat-client.ts';
import { contract } from './contract.ts';
import { connectionTo, type Subject } from './subjects/subject.ts';

async function rNacosSubject(): Promise<Subject> {
  const server = await startRNacos();
  const connection = connectionTo(server.url, undefined);
  const applications = heartbeatClient({ url: server.url });
  return {
    kind: 'r-nacos',
    url: server.url,
    isTelling: true,
    hasNamespaces: true,
    reader: undefined,
    applications,
    connect: undefined,
    token: () => Promise.resolve(undefined),
    connection,
    open: (overrides = {}, options = {}) =>
      openRegistry({ ...connection, ...overrides }, { clock: realClock, ...options }),
    pause: () => realClock.sleep(100),
    turn: undefined,
    forgetsAfterMs: 1_000,
    emptyGoneAfterMs: undefined,
    loseLeader: undefined,
    delayTokens: undefined,
    mixPages: undefined,
    close: async () => {
      applications.close();
      await server.stop();
    },
  };
}

describe.skipIf(whyNoRNacos() !== undefined)('r-nacos', () => {
  contract('0.8.8', rNacosSubject);
});
