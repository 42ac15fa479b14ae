import { expect, test } from 'vitest';
import { rehearsalWorld } from '../../src/rehearsal/rehearse.ts';
import type { World } from '../../src/world/world.ts';
import { fakeRegistry, instance } from '../cli/support/fake-registry.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';

const off = instance('orders', '10.0.0.1', 8080, { enabled: false });
const other = instance('shop', '10.0.0.1', 8080);

test('what was off, and is put on in a rehearsal, is given to consumers then, and only of its service', async () => {
  const real = { clock: virtualClock(), registry: fakeRegistry([off, other]) } as unknown as World;
  const { registry } = rehearsalWorld(real, () => undefined);
  const seen = async (): Promise<unknown> => {
    const view = await registry.consumerView(off);
    return view.ok && view.value.items.map(({ ip, port }) => `${ip}:${port}`);
  };
  const wish = { instance: off, weight: off.weight, mode: 'registered' } as const;
  expect(await seen()).toEqual([]);
  await registry.write({ ...wish, enabled: true });
  expect(await seen()).toEqual(['10.0.0.1:8080']);
  await registry.write({ ...wish, enabled: false });
  expect(await seen()).toEqual([]);
});
