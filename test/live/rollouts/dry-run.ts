import { allRead } from '../../../src/core/registry/listed.ts';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startFleet } from '../clients/java-fleet.ts';
import { freePort } from '../servers/live-place.ts';
import { shortly } from './program.ts';
import { recordingProxy } from '../servers/recording-proxy.ts';
import type { RolloutPlace } from './rollout-place.ts';
import { roll } from './whole-rollout.ts';

const login = /^POST \/nacos\/v(1\/auth\/login|3\/auth\/user\/login)$/;

export function dryRun(place: () => RolloutPlace): void {
  test('a dry run sends logins and reads only, and runs no command', async () => {
    const nacosProxy = await recordingProxy(place().nacos.port);
    const served = [await freePort(), await freePort(), await freePort()];
    const proxies = await Promise.all(served.map((port) => recordingProxy(port)));
    const ports = new Map(proxies.map(({ port }, index) => [port, served[index] ?? 0]));
    const service = `rehearsed-${served[0]}`;
    const directory = join(place().directory, service);
    const fleet = startFleet({ ...place(), directory, service, ports });
    const before = await fleet.listed(place().registry);

    const behindProxy = { ...place(), nacos: { ...place().nacos, url: nacosProxy.url } };
    const check = ['--check', 'http://{ip}:{port}/health'];
    const { code, events, stderr } = await roll(behindProxy, fleet, '--dry-run', ...check);

    expect(code, stderr).toBe(0);
    const steps = shortly(events, ['disabled', 'deploy-ended', 'enabled']).map((line) => line.split(' ')[0]);
    expect(steps).toEqual(Array.from({ length: 3 }, () => ['disabled', 'deploy-ended', 'enabled']).flat());
    const isHarmless = (line: string): boolean => line.startsWith('GET ') || login.test(line);
    expect(nacosProxy.requests.filter((line) => !isHarmless(line))).toEqual([]);
    expect(nacosProxy.requests.filter((line) => login.test(line)).length > 0).toBe(place().hasAuth);
    for (const proxy of proxies) expect(new Set(proxy.requests)).toEqual(new Set(['GET /health']));
    expect(fleet.redeployed()).toEqual([]);
    expect(await place().registry.instances(fleet.id)).toEqual({ ok: true, value: allRead(before) });
    const listed = events.flatMap((event) =>
      event.type === 'request-listed' && !event.wasSent ? [event.request] : [],
    );
    const lease = listed.filter(({ url }) => url.includes('nacos-rollout-lease'));
    expect(lease.map(({ method }) => method)).toEqual(['POST', 'POST', 'PUT', 'DELETE']);
    expect(listed).toHaveLength(lease.length + 6);
    for (const proxy of [nacosProxy, ...proxies]) proxy.close();
  });
}
