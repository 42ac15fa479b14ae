import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ServiceId } from '../../../src/core/registry/service.ts';
import { fetchText } from '../../support/servers/fetch-text.ts';
import { until } from '../../support/time/until.ts';
import { everyList } from './every-list.ts';
import { subscribe } from '../clients/java-client.ts';
import { type Fleet, freePorts, startFleet } from '../clients/java-fleet.ts';
import { type Ended, runProgram, shortly } from './program.ts';
import type { RolloutPlace } from './rollout-place.ts';
import { toldWhileOff } from '../clients/told-while-off.ts';

const protectThreshold = 0.3;
/** Thrice what it takes on an idle machine. */
const timeout = 480_000;

/** Three Java clients, rolled by the built program. */
export function wholeRollout(place: () => RolloutPlace, downSeconds: number): void {
  test('rolls all, one at a time, changes nothing else, and tells no consumer of one that is off', {
    timeout,
  }, async () => {
    const { nacos, registry, token } = place();
    const fleet = await threeOf('orders', place());
    fleet.setDownSeconds(downSeconds);
    await setProtectThreshold(place(), fleet.id);
    const before = await everyList(nacos, 'orders', token);
    const consumer = await subscribe({ ...place(), service: 'orders' }, 3);
    const { code, events, stderr } = await roll(place(), fleet);
    expect(code, stderr).toBe(0);
    const inTurn = [...fleet.names].sort().flatMap((name) => [`disabled ${name}`, `enabled ${name}`]);
    expect(shortly(events, ['disabled', 'enabled', 'changed', 'exposed', 'step-failed'])).toEqual(inTurn);
    expect(events.find(({ type }) => type === 'runner-started')).toMatchObject({ lease: 'held' });
    await fleet.listed(registry);
    expect(await everyList(nacos, 'orders', token)).toEqual(before);
    expect(await registry.service(fleet.id)).toMatchObject({ ok: true, value: { protectThreshold } });
    const off = toldWhileOff(events, consumer.tellings);
    expect(off.map(({ toldTimes }) => toldTimes)).toEqual([0, 0, 0]);
    expect(Math.min(...off.map(({ offMs }) => offMs))).toBeGreaterThan((downSeconds + 2) * 1_000);
  });
}

export function namedRollout(place: () => RolloutPlace): void {
  test('rolls the named instances only, and shows what their next version registers', {
    timeout,
  }, async () => {
    const fleet = await threeOf('shop', place());
    fleet.setMetadata('version=2,zone=a');
    const [first = '', second = '', third = ''] = fleet.names;
    const { code, events, stderr } = await roll(place(), fleet, '--instance', third, '--instance', first);
    expect(code, stderr).toBe(0);
    expect(shortly(events, ['disabled', 'enabled'])).toEqual(
      [third, first].flatMap((name) => [`disabled ${name}`, `enabled ${name}`]),
    );
    const newer = { what: 'metadata.version', before: '1', after: '2' };
    expect(events.filter(({ type }) => type === 'changed')).toMatchObject([newer, newer]);
    const listed = await fleet.listed(place().registry);
    const versions = listed.map(({ ip, port, metadata }) => [`${ip}:${port}`, metadata['version']]);
    expect(Object.fromEntries(versions)).toEqual({ [first]: '2', [second]: '1', [third]: '2' });
  });
}

export async function threeOf(service: string, place: RolloutPlace): Promise<Fleet> {
  const ports = await freePorts(3);
  const fleet = startFleet({ ...place, directory: join(place.directory, service), service, ports });
  await fleet.listed(place.registry);
  return fleet;
}

export function roll(
  { nacos, login, env, directory }: RolloutPlace,
  fleet: Fleet,
  ...more: readonly string[]
): Promise<Ended> {
  const words = ['run', '--server', nacos.url, '--service', fleet.id.service, '--drain', '2s'];
  return runProgram([...words, '--deploy', './redeploy.sh', '--yes', ...login, ...more], {
    directory: fleet.directory,
    home: join(directory, 'home'),
    env,
  });
}

async function setProtectThreshold({ nacos, token, registry }: RolloutPlace, id: ServiceId): Promise<void> {
  const path = nacos.version === '2.2.4' ? 'v1/ns/service' : 'v3/admin/ns/service';
  const query = `serviceName=${id.service}&protectThreshold=${protectThreshold}`;
  await fetchText(`${nacos.url}/nacos/${path}?${query}`, { method: 'PUT', token });
  await until(async () => {
    const answer = await registry.service(id);
    return answer.ok && answer.value?.protectThreshold === protectThreshold;
  });
}
