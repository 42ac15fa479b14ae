import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../../support/time/until.ts';
import { freePorts, startFleet } from '../clients/java-fleet.ts';
import { shortly } from './program.ts';
import type { RolloutPlace } from './rollout-place.ts';
import { roll } from './whole-rollout.ts';

const timeout = 480_000;
const count = 50;

/** As Dubbo registers a service for each interface: all of a process goes off and on with it. */
export function fiftyRegistrations(place: () => RolloutPlace): void {
  test('fifty registrations of one client go off together and come back', { timeout }, async () => {
    const { registry, directory } = place();
    const ports = await freePorts(2);
    const service = 'fifty';
    const fleet = startFleet({
      ...place(),
      directory: join(directory, service),
      service,
      ports,
      companion: 'providers:com.acme.Service',
      companionCount: count,
    });
    await fleet.listed(registry);
    const at = { namespace: 'public', group: 'DEFAULT_GROUP' };
    const companions = async () => {
      const numbers = Array.from({ length: count }, (_, index) => index + 1);
      const services = numbers.map((number) => ({ ...at, service: `providers:com.acme.Service${number}` }));
      const answers = await Promise.all(services.map((id) => registry.instances(id)));
      return answers.map((answer) =>
        ((answer.ok ? answer.value?.items : undefined) ?? []).map(({ enabled }) => enabled),
      );
    };
    const areOn = async () => (await companions()).every((all) => all.length === 2 && all.every(Boolean));
    await until(areOn);
    const [first = ''] = fleet.names;
    const { code, events, stderr } = await roll(
      place(),
      fleet,
      '--companion',
      'process',
      '--instance',
      first,
    );
    expect(code, stderr).toBe(0);
    expect(shortly(events, ['disabled', 'enabled', 'exposed', 'step-failed'])).toEqual([
      `disabled ${first}`,
      `enabled ${first}`,
    ]);
    const off = events.filter((event) => event.type === 'write-began' && event.purpose === 'disable');
    expect(off).toHaveLength(count + 1);
    expect(await companions()).toEqual(Array.from({ length: count }, () => [true, true]));
  });
}
