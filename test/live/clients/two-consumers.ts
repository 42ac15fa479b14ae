import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../../support/time/until.ts';
import type { RolloutPlace } from '../rollouts/rollout-place.ts';
import { freePort } from '../servers/live-place.ts';
import { subscribe } from './java-client.ts';
import { startFleet } from './java-fleet.ts';

const timeout = 480_000;

/** The list of subscribers has one entry for all clients of a host with the same version and application. */
export function twoConsumers(place: () => RolloutPlace): void {
  test('two Java clients of one host are one subscriber, and two consumers', { timeout }, async () => {
    const { registry, directory, nacos } = place();
    const service = 'called-by-two';
    const port = await freePort();
    const ports = new Map([[port, port]]);
    await startFleet({ ...place(), directory: join(directory, service), service, ports }).listed(registry);
    for (const name of ['first', 'second'])
      await subscribe({ ...place(), directory: join(directory, service, name), service }, 1);
    const id = { namespace: 'public', group: 'DEFAULT_GROUP', service };
    await until(async () => {
      const answer = await registry.consumers(id, [nacos.url]);
      return answer.ok && answer.value?.length === 2;
    }, 200);
    const listed = await registry.subscribers(id);
    expect(listed.ok && listed.value).toHaveLength(1);
  });
}
