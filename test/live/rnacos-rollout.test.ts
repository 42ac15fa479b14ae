import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRegistry } from '../../src/nacos/open-registry.ts';
import { realClock } from '../../src/world/clock.ts';
import type { Registry } from '../../src/world/registry.ts';
import { connectionTo } from '../contract/subjects/subject.ts';
import { type HeartbeatFleet, startHeartbeatFleet } from './clients/heartbeat-fleet.ts';
import { type Lifeline, openLifeline } from './clients/java-client.ts';
import { freePort } from './servers/live-place.ts';
import { type LiveRNacos, startRNacos, whyNoRNacos } from './servers/live-rnacos.ts';
import { runProgram, shortly } from './rollouts/program.ts';

describe.skipIf(whyNoRNacos() !== undefined)('a rollout on r-nacos', () => {
  const directory = mkdtempSync(join(tmpdir(), 'live-rnacos-'));
  let server: LiveRNacos;
  let lifeline: Lifeline;
  let registry: Registry;
  let fleet: HeartbeatFleet;

  beforeAll(async () => {
    server = await startRNacos();
    lifeline = await openLifeline();
    registry = openRegistry(connectionTo(server.url, undefined), { clock: realClock });
    const ports = [await freePort(), await freePort(), await freePort()];
    const servers = [server.url];
    fleet = startHeartbeatFleet({ servers, lifeline, directory, service: 'orders', ports, downSeconds: 3 });
    await fleet.allOn(registry);
  });

  afterAll(async () => {
    lifeline?.cut();
    await registry?.close();
    await server?.stop();
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });

  test('takes three instances off and back, though no list shows who is off', async () => {
    const before = await fleet.allOn(registry);
    const words = ['run', '--server', server.url, '--service', 'orders', '--drain', '2s', '--yes'];
    const { code, events, stderr } = await runProgram([...words, '--deploy', './redeploy.sh'], {
      directory,
      home: join(directory, 'home'),
    });
    expect(code, stderr).toBe(0);
    const inTurn = [...fleet.names].sort().flatMap((name) => [`disabled ${name}`, `enabled ${name}`]);
    expect(shortly(events, ['disabled', 'enabled', 'changed', 'step-failed'])).toEqual(inTurn);
    expect(events.find(({ type }) => type === 'runner-started')).toMatchObject({ lease: 'held' });
    expect(fleet.redeployed()).toHaveLength(3);
    expect(await fleet.allOn(registry)).toEqual(before);
    // It remembers nothing, so each comes back enabled for a moment before its check.
    const exposed = events.filter((event) => event.type === 'exposed');
    expect(exposed.map(({ wasAway }) => wasAway)).toEqual([true, true, true]);
    const ended = events.filter((event) => event.type === 'exposure-ended');
    expect(Math.max(...ended.map(({ ms }) => ms))).toBeLessThan(3_000);
  });
});
