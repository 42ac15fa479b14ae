import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRegistry } from '../../src/nacos/open-registry.ts';
import { realClock } from '../../src/world/clock.ts';
import type { Registry } from '../../src/world/registry.ts';
import { connectionTo } from '../contract/subject.ts';
import { everyList, logIn } from './every-list.ts';
import { buildJavaClient, type Lifeline, openLifeline, subscribe } from './java-client.ts';
import { type Fleet, startFleet } from './java-fleet.ts';
import { type LiveNacos, startLiveNacos, whyNoLiveNacos } from './live-nacos.ts';
import { freePort } from './live-place.ts';
import { type Ended, runProgram, shortly } from './program.ts';
import { toldWhileOff } from './told-while-off.ts';

const servers = (['2.2.4', '3.1.0'] as const).flatMap((version) =>
  [false, true].map((hasAuth) => ({ version, hasAuth, name: `${version}, auth ${hasAuth ? 'on' : 'off'}` })),
);

describe.skipIf(whyNoLiveNacos() !== undefined).each(servers)(
  'a rollout of Java clients on $name',
  (server) => {
    const { version, hasAuth } = server;
    const directory = mkdtempSync(join(tmpdir(), 'live-rollout-'));
    let nacos: LiveNacos;
    let lifeline: Lifeline;
    let registry: Registry;
    let fleet: Fleet;
    let token: string | undefined;

    beforeAll(async () => {
      buildJavaClient(version);
      nacos = await startLiveNacos({ version, hasAuth });
      lifeline = await openLifeline();
      token = hasAuth ? await logIn(nacos) : undefined;
      const user = hasAuth ? { username: 'nacos', password: 'nacos' } : undefined;
      registry = openRegistry(connectionTo(nacos.url, user), { clock: realClock });
      const ports = new Map<number, number>();
      for (let count = 0; count < 3; count += 1) ports.set(await freePort(), 0);
      for (const port of ports.keys()) ports.set(port, port);
      fleet = startFleet({
        nacos,
        hasAuth,
        lifeline,
        directory: join(directory, 'fleet'),
        service: 'orders',
        ports,
      });
      await fleet.listed(registry);
    }, 300_000);

    afterAll(async () => {
      lifeline?.cut();
      await registry?.close();
      await nacos?.stop();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    }, 60_000);

    const run = (...more: string[]): Promise<Ended> => {
      const words = ['run', '--server', nacos.url, '--service', 'orders', '--drain', '2s'];
      const login = hasAuth ? ['--username', 'nacos', '--password-from', 'env:LIVE_PASSWORD'] : [];
      return runProgram([...words, '--deploy', './redeploy.sh', '--yes', ...login, ...more], {
        directory: fleet.directory,
        home: join(directory, 'home'),
        env: { LIVE_PASSWORD: 'nacos' },
      });
    };

    test('rolls the named instances only', async () => {
      const [, second = ''] = fleet.names;
      const { code, events, stderr } = await run('--instance', second);
      expect(code, stderr).toBe(0);
      expect(shortly(events, ['enabled', 'rollout-ended'])).toEqual([`enabled ${second}`, 'rollout-ended']);
      expect(fleet.redeployed()).toEqual([second.split(':')[1]]);
    });

    test('rolls all, one at a time, changes nothing else, and tells no consumer of one that is off', async () => {
      await fleet.listed(registry);
      const consumer = await subscribe({ nacos, lifeline, directory, service: 'orders', hasAuth }, 3);
      const before = await everyList(nacos, 'orders', token);
      fleet.setDownSeconds(5);
      const { code, events, stderr } = await run();
      expect(code, stderr).toBe(0);
      const inTurn = [...fleet.names].sort().flatMap((name) => [`disabled ${name}`, `enabled ${name}`]);
      expect(shortly(events, ['disabled', 'enabled', 'changed', 'exposed', 'step-failed'])).toEqual(inTurn);
      expect(events.find(({ type }) => type === 'runner-started')).toMatchObject({ lease: 'held' });
      expect(await everyList(nacos, 'orders', token)).toEqual(before);
      const off = toldWhileOff(events, consumer.tellings);
      expect(off.map(({ toldTimes }) => toldTimes)).toEqual([0, 0, 0]);
      expect(Math.min(...off.map(({ offMs }) => offMs))).toBeGreaterThan(7_000);
    });

    test('shows the metadata of the next version', async () => {
      fleet.setDownSeconds(0);
      fleet.setMetadata('version=2,zone=a');
      const [first = ''] = fleet.names;
      const { code, events, stderr } = await run('--instance', first);
      expect(code, stderr).toBe(0);
      expect(events.filter(({ type }) => type === 'changed')).toMatchObject([
        { target: first, what: 'metadata.version', before: '1', after: '2' },
      ]);
      const listed = await fleet.listed(registry);
      const versions = listed.map(({ ip, port, metadata }) => [`${ip}:${port}`, metadata['version']]);
      expect(Object.fromEntries(versions)).toEqual({ ...allOnVersionOne(fleet), [first]: '2' });
    });
  },
);

function allOnVersionOne(fleet: Fleet): Readonly<Record<string, string>> {
  return Object.fromEntries(fleet.names.map((name) => [name, '1']));
}
