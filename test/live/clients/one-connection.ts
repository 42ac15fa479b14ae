import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../../support/time/until.ts';
import { freePorts, startFleet } from './java-fleet.ts';
import type { RolloutPlace } from '../rollouts/rollout-place.ts';

const timeout = 480_000;

/** A Java client registers every service of a process over one connection. */
export function oneConnection(place: () => RolloutPlace): void {
  test('what one connection of a Java client registered is known to be one process', {
    timeout,
  }, async () => {
    const { registry, directory } = place();
    const ports = await freePorts(2);
    const service = 'beside';
    const fleet = startFleet({
      ...place(),
      directory: join(directory, service),
      service,
      ports,
      companion: 'beside-rpc',
    });
    for (const { namespace, group, service: name, cluster, ip, port } of await fleet.listed(registry)) {
      let found: unknown;
      await until(async () => {
        const answer = await registry.sameProcess({ namespace, group, service: name, cluster, ip, port });
        found = answer;
        return answer.ok && answer.value !== undefined && answer.value.length > 0;
      }, 200);
      const companion = { namespace, group, service: 'beside-rpc', cluster, ip, port: port + 1 };
      expect(found).toEqual({ ok: true, value: [companion] });
    }
  });
}
