import { expect, test } from 'vitest';
import { type ServiceId, serviceKey } from '../../../src/core/registry/service.ts';
import type { SubscribeOptions } from '../../../src/world/subscription.ts';
import { type Opened, openConsole } from '../support/open-console.ts';
import { instanceOf, orders, shop, usualInstances } from '../support/fake-registry.ts';

type Line = {
  /** The services that are followed now. */
  followed: readonly string[];
  tell(service: ServiceId): void;
  /** How often the list of services was read. */
  reads: number;
};

/** The console over a registry that can be followed, unless it is said to be closed. */
async function openServices(isClosed = false): Promise<{ opened: Opened; line: Line }> {
  let options: SubscribeOptions | undefined;
  const line: Line = {
    followed: [],
    reads: 0,
    tell: (service) =>
      options?.told({ node: '', service, atMs: 0, consumers: { items: [], unreadable: [] } }),
  };
  const opened = openConsole({
    prepare: (ports) => {
      const connect = ports.connect.bind(ports);
      ports.connect = async (...given) => {
        const answer = await connect(...given);
        if (!answer.ok) return answer;
        const { registry } = answer.value;
        const services = registry.services.bind(registry);
        registry.services = (...asked) => {
          line.reads += 1;
          return services(...asked);
        };
        registry.subscribe = (wanted) => {
          options = wanted;
          const error = { kind: 'unreachable', addresses: [], detail: 'refused' } as const;
          return {
            follow: (ids) => void (line.followed = ids.map(serviceKey)),
            hearing: () => (isClosed ? { kind: 'unavailable', error } : { kind: 'listening' }),
            close: () => undefined,
          };
        };
        return answer;
      };
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('shop');
  return { opened, line };
}

async function seconds(opened: Opened, count: number): Promise<void> {
  for (let second = 0; second < count; second += 1) await opened.second();
}

test('the services on the screen are followed, and a change shows as soon as it is told', async () => {
  const { opened, line } = await openServices();
  expect(line.followed).toHaveLength(3);
  // What each is told first was read just before.
  for (const service of [orders, shop]) line.tell(service);
  await seconds(opened, 2);
  expect(line.reads).toBe(1);
  opened.ports.instances.list = usualInstances.filter(({ ip }) => ip !== '10.0.0.13');
  line.tell(orders);
  await opened.sees(/orders .* 2 /);
  expect(line.reads).toBe(2);
  // Twice in quick succession: the second one waits for the next tick.
  opened.ports.instances.list = usualInstances;
  line.tell(orders);
  expect(line.reads).toBe(2);
  await opened.second();
  await opened.sees(/orders .* 3 /);
});

test.each([
  [false, 6],
  [true, 12],
])('an idle list is read so often in a minute (closed: %s): %i times', async (isClosed, count) => {
  const { opened, line } = await openServices(isClosed);
  await seconds(opened, 61);
  expect(line.reads - 1).toBe(count);
});

test('the cursor stays on its service when others come and go', async () => {
  const { opened, line } = await openServices();
  await opened.press('down', 'down');
  line.tell(orders);
  opened.ports.instances.list = [
    instanceOf({ ...orders, service: 'carts' }, '10.0.0.31', 80),
    ...usualInstances,
  ];
  await seconds(opened, 1);
  line.tell(orders);
  await opened.sees('carts');
  await opened.press('enter');
  await opened.sees('10.0.0.21:9090');
  expect(line.followed).toEqual([serviceKey(shop)]);
});

test('the instances on the screen are followed too', async () => {
  const { opened, line } = await openServices();
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  line.tell(orders);
  opened.ports.instances.list = usualInstances.filter(({ ip }) => ip !== '10.0.0.13');
  await seconds(opened, 1);
  line.tell(orders);
  await seconds(opened, 1);
  expect(opened.screen()).not.toContain('10.0.0.13:8080');
});
