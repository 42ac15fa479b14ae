import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Registry } from '../../src/world/registry.ts';
import type { Hearing, Subscription } from '../../src/world/subscription.ts';
import { openRegistry } from '../../src/nacos/open-registry.ts';
import { realClock } from '../../src/world/clock.ts';
import { connectionTo } from '../contract/subjects/subject.ts';
import { fetchText } from '../support/servers/fetch-text.ts';
import { until } from '../support/time/until.ts';
import { type LiveNacos, startLiveNacos, whyNoLiveNacos } from './servers/live-nacos.ts';
import { type LiveRNacos, startRNacos, whyNoRNacos } from './servers/live-rnacos.ts';
import { skipSaying } from '../support/skip-saying.ts';

const admin = { username: 'nacos', password: 'nacos' };
const service = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'followed' };

/** How soon after its server is back a subscription is. */
const backWithinMs = 3_000;

const paths = {
  '2.2.4': {
    login: '/nacos/v1/auth/login',
    register: '/nacos/v1/ns/instance',
    loader: '/nacos/v2/core/loader',
  },
  '3.1.0': {
    login: '/nacos/v3/auth/user/login',
    register: '/nacos/v3/client/ns/instance',
    loader: '/nacos/v3/admin/core/loader',
  },
  'r-nacos': { login: '', register: '/nacos/v1/ns/instance', loader: undefined },
} as const;

type Version = keyof typeof paths;
type Case = { readonly version: Version; readonly hasAuth: boolean };

const cases: readonly Case[] = [
  ...(whyNoLiveNacos() === undefined
    ? (['2.2.4', '3.1.0'] as const).flatMap((version) =>
        [false, true].map((hasAuth) => ({ version, hasAuth })),
      )
    : []),
  ...(whyNoRNacos() === undefined ? [{ version: 'r-nacos', hasAuth: false } as const] : []),
];

const started = ({ version, hasAuth }: Case): Promise<LiveNacos | LiveRNacos> =>
  version === 'r-nacos' ? startRNacos() : startLiveNacos({ version, hasAuth, tokenTtlSeconds: 5 });

describe.skipIf(cases.length === 0).each(cases)(
  'a subscription to $version (auth: $hasAuth)',
  ({ version, hasAuth }) => {
    let nacos: LiveNacos | LiveRNacos | undefined;
    let registry: Registry | undefined;
    let subscription: Subscription | undefined;
    let lists = 0;
    const heard: Hearing['kind'][] = [];

    const url = (): string => nacos?.url ?? '';
    const hearing = (): Hearing['kind'] | undefined => subscription?.hearing(url(), service).kind;
    const token = async (): Promise<string | undefined> => {
      if (!hasAuth) return undefined;
      const { text } = await fetchText(`${url()}${paths[version].login}`, { method: 'POST', form: admin });
      return /"accessToken":"([^"]*)"/.exec(text)?.[1];
    };

    beforeAll(async () => {
      nacos = await started({ version, hasAuth });
      registry = openRegistry(connectionTo(url(), hasAuth ? admin : undefined), { clock: realClock });
      subscription = registry.subscribe?.({
        nodes: [url()],
        told: () => (lists += 1),
        heard: () => heard.push(hearing() ?? 'asking'),
      });
      subscription?.follow([service]);
      await until(() => hearing() === 'listening');
    });

    afterAll(async () => {
      await registry?.close();
      await nacos?.stop();
    });

    const tellsOf = async (port: number): Promise<void> => {
      const before = lists;
      const query = new URLSearchParams({ serviceName: service.service, ip: '10.0.0.1', port: String(port) });
      const path = `${url()}${paths[version].register}?${query.toString()}`;
      const answer = await fetchText(path, { method: 'POST', token: await token() });
      expect(answer.status).toBe(200);
      await until(() => lists > before);
    };

    test('is back within three seconds of a server that was killed and started again', async () => {
      await tellsOf(8081);
      await nacos?.restart();
      const readyMs = performance.now();
      await until(() => hearing() === 'listening', 10);
      const ms = performance.now() - readyMs;
      console.log(`${version}, auth ${hasAuth}: back ${Math.round(ms)} ms after the server was ready`);
      expect(ms).toBeLessThan(backWithinMs);
      expect(heard).toContain('unavailable');
      await tellsOf(8082);
    });

    const { loader } = paths[version];
    const why = loader === undefined ? `${version} asks nobody to connect anew` : undefined;
    test.skipIf(skipSaying(why))('is back at once when the server asks to connect anew', async () => {
      heard.length = 0;
      const current = await fetchText(`${url()}${loader}/current`, { token: await token() });
      const id = /"connectionId":"([^"]+)"/.exec(current.text)?.[1] ?? '';
      const reset = await fetchText(`${url()}${loader}/reloadClient?connectionId=${id}`, {
        method: version === '3.1.0' ? 'POST' : 'GET',
        token: await token(),
      });
      expect(reset.status, reset.text).toBe(200);
      await until(() => heard.includes('unavailable'), 10);
      const lostMs = performance.now();
      await until(() => hearing() === 'listening', 10);
      console.log(
        `${version}, auth ${hasAuth}: back ${Math.round(performance.now() - lostMs)} ms after the reset`,
      );
      expect(performance.now() - lostMs).toBeLessThan(backWithinMs);
      await tellsOf(8083);
    });
  },
);
