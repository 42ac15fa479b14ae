import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRegistry } from '../../src/nacos/open-registry.ts';
import { realClock } from '../../src/world/clock.ts';
import type { Registry } from '../../src/world/registry.ts';
import { connectionTo } from '../contract/subjects/subject.ts';
import { until } from '../support/time/until.ts';
import { type HeartbeatFleet, startHeartbeatFleet } from './clients/heartbeat-fleet.ts';
import { type Lifeline, openLifeline } from './clients/java-client.ts';
import { type LiveNacos, startLiveNacos, whyNoLiveNacos } from './servers/live-nacos.ts';
import { freePort } from './servers/live-place.ts';
import { callProgram, runProgram, shortly } from './rollouts/program.ts';
import { skipSaying } from '../support/skip-saying.ts';

const timeout = 480_000;

/** An address of this machine that a pod would have: not loopback. */
const ownAddress = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

describe.skipIf(whyNoLiveNacos() !== undefined).each(['2.2.4', '3.1.0'] as const)(
  'what is done to one instance, on a real Nacos %s',
  (version) => {
    const directory = mkdtempSync(join(tmpdir(), 'live-one-'));
    let nacos: LiveNacos;
    let lifeline: Lifeline;
    let registry: Registry;

    beforeAll(async () => {
      nacos = await startLiveNacos({ version });
      lifeline = await openLifeline();
      registry = openRegistry(connectionTo(nacos.url, undefined), { clock: realClock });
    });

    afterAll(async () => {
      lifeline?.cut();
      await registry?.close();
      await nacos?.stop();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    });

    const fleetOf = async (service: string, count: number, ip?: string): Promise<HeartbeatFleet> => {
      const ports: number[] = [];
      for (let index = 0; index < count; index += 1) ports.push(await freePort());
      const home = join(directory, service);
      mkdirSync(home);
      const options = { servers: [nacos.url], lifeline, directory: home, service, ports };
      const fleet = startHeartbeatFleet({ ...options, ...(ip === undefined ? {} : { ip }) });
      await fleet.allOn(registry);
      return fleet;
    };
    const places = (fleet: HeartbeatFleet) => ({
      directory: fleet.directory,
      home: join(directory, 'home'),
    });
    const call = (fleet: HeartbeatFleet, ...words: readonly string[]) =>
      callProgram([...words, '--server', nacos.url], places(fleet));
    const onOf = async (fleet: HeartbeatFleet): Promise<Record<string, boolean>> => {
      const answer = await registry.instances(fleet.id);
      const listed = (answer.ok ? answer.value?.items : undefined) ?? [];
      return Object.fromEntries(listed.map(({ ip, port, enabled }) => [`${ip}:${port}`, enabled]));
    };
    const restart = (fleet: HeartbeatFleet, name: string): void => {
      const [, port = ''] = name.split(':');
      execFileSync(join(fleet.directory, 'redeploy.sh'), {
        env: { ...process.env, NACOS_ROLLOUT_PORT: port },
      });
    };

    test('disable and enable one: off through a restart, then as it was; the last one is refused', {
      timeout,
    }, async () => {
      const fleet = await fleetOf('once', 2);
      const before = await fleet.allOn(registry);
      const [first = '', second = ''] = fleet.names;
      const disabled = await call(fleet, 'disable', 'once', '--instance', first, '--wait', '1s');
      expect(disabled.code, disabled.text).toBe(0);
      expect(await onOf(fleet)).toEqual({ [first]: false, [second]: true });
      const last = await call(fleet, 'disable', 'once', '--instance', second);
      expect(last.code, last.text).toBe(4);
      restart(fleet, first);
      await until(async () => first in (await onOf(fleet)), 200);
      expect(await onOf(fleet)).toEqual({ [first]: false, [second]: true });
      const enabled = await call(fleet, 'enable', 'once', '--instance', first);
      expect(enabled.code, enabled.text).toBe(0);
      expect(await fleet.allOn(registry)).toEqual(before);
    });

    const why = ownAddress === undefined ? 'this machine has no address but loopback' : undefined;
    test.skipIf(skipSaying(why))(
      `a pod takes itself off, restarts on the same ip, and puts itself on (${ownAddress ?? 'no address but loopback'})`,
      { timeout },
      async () => {
        const fleet = await fleetOf('pod', 1, ownAddress);
        const before = await fleet.allOn(registry);
        const [name = ''] = fleet.names;
        const [, port = ''] = name.split(':');
        const self = ['pod', '--self', '--port', port];
        const disabled = await call(fleet, 'disable', ...self, '--wait', '1s', '--override', 'pod');
        expect(disabled.code, disabled.text).toBe(0);
        expect(await onOf(fleet)).toEqual({ [name]: false });
        restart(fleet, name);
        const enabled = await call(fleet, 'enable', ...self, '--check', 'none', '--within', '30s');
        expect(enabled.code, enabled.text).toBe(0);
        expect(await fleet.allOn(registry)).toEqual(before);
      },
    );

    test('an application that takes itself out and comes back by itself', { timeout }, async () => {
      const fleet = await fleetOf('leaver', 2);
      const before = await fleet.allOn(registry);
      const signal = (name: string): string => `kill -s ${name} "$(cat "$NACOS_ROLLOUT_PORT.pid")"`;
      writeFileSync(
        join(fleet.directory, 'plan.yaml'),
        JSON.stringify({
          version: 1,
          defaults: { drain: { floor: '2s' }, deploy: { run: 'true' }, minimum: 1 },
          stages: [
            {
              services: [
                {
                  service: 'leaver',
                  leave: { run: signal('USR2'), instead: true },
                  back: { run: signal('HUP') },
                },
              ],
            },
          ],
        }),
      );
      const { code, events, stderr } = await runProgram(
        ['run', '-f', 'plan.yaml', '--server', nacos.url, '--yes'],
        places(fleet),
      );
      expect(code, stderr).toBe(0);
      const inTurn = [...fleet.names].sort().flatMap((name) => [`disabled ${name}`, `enabled ${name}`]);
      expect(shortly(events, ['disabled', 'enabled', 'step-failed'])).toEqual(inTurn);
      expect(await fleet.allOn(registry)).toEqual(before);
    });

    test('a process that comes back on another port is taken for the same one', { timeout }, async () => {
      const fleet = await fleetOf('mover', 2);
      const [first = '', second = ''] = fleet.names;
      const next = await freePort();
      const [, port = ''] = first.split(':');
      writeFileSync(
        join(fleet.directory, 'move.sh'),
        `#!/bin/sh -e
kill "$(cat ${port}.pid)"
sed 's/${port}/${next}/g' ${port}.json >${next}.json
./start.sh ${next}
`,
        { mode: 0o755 },
      );
      writeFileSync(
        join(fleet.directory, 'plan.yaml'),
        JSON.stringify({
          version: 1,
          defaults: { drain: { floor: '2s' }, deploy: { run: './move.sh' }, minimum: 1 },
          stages: [{ services: [{ service: 'mover', instances: [first], identity: 'any-new' }] }],
        }),
      );
      const { code, events, stderr } = await runProgram(
        ['run', '-f', 'plan.yaml', '--server', nacos.url, '--yes'],
        places(fleet),
      );
      expect(code, stderr).toBe(0);
      expect(events.some(({ type }) => type === 'identified')).toBe(true);
      expect(await onOf(fleet)).toEqual({ [`127.0.0.1:${next}`]: true, [second]: true });
    });
  },
);
