import { expect, test } from 'vitest';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import { type ServiceId, serviceKey } from '../../../src/core/registry/service.ts';
import type { SubscribeOptions } from '../../../src/world/subscription.ts';
import { type Opened, openConsole } from '../support/open-console.ts';
import { until } from '../../support/time/until.ts';
import { instanceOf, orders } from '../support/fake-registry.ts';

const names = Array.from({ length: 1_000 }, (_, index) => `svc-${String(index).padStart(4, '0')}`);
const at = (index: number): ServiceId => ({ ...orders, service: names[index] ?? '' });
const every = names.map((_, index) => instanceOf(at(index), '10.0.0.1', 8080));

type Line = {
  followed: readonly string[];
  tell(service: ServiceId, on: number): void;
  /** How often the list of services was read, and which services were. */
  lists: number;
  counted: string[];
  /** What the services are not counted over. */
  problem?: RegistryError;
  /** No list of services answers before. */
  gate?: Promise<void>;
};

async function openLong(): Promise<{ opened: Opened; line: Line }> {
  let options: SubscribeOptions | undefined;
  const line: Line = {
    followed: [],
    lists: 0,
    counted: [],
    tell: (service, on) => {
      const items = Array.from({ length: on }, (_, index) => ({ ip: '10.0.0.1', port: index + 1 }));
      options?.told({ node: '', service, atMs: 0, consumers: { items, unreadable: [] } });
    },
  };
  const opened = openConsole({
    prepare: (ports) => {
      ports.instances.list = every;
      const connect = ports.connect.bind(ports);
      ports.connect = async (...given) => {
        const answer = await connect(...given);
        if (!answer.ok) return answer;
        const { registry } = answer.value;
        const services = registry.services.bind(registry);
        const instances = registry.instances.bind(registry);
        registry.services = async (...asked) => {
          line.lists += 1;
          const list = await services(...asked);
          await line.gate;
          return list;
        };
        registry.instances = (...asked) => {
          line.counted.push(asked[0].service);
          if (line.problem !== undefined) return Promise.resolve({ ok: false, error: line.problem });
          return instances(...asked);
        };
        registry.subscribe = (wanted) => {
          options = wanted;
          return {
            follow: (ids) => void (line.followed = ids.map(serviceKey)),
            hearing: () => ({ kind: 'listening' }),
            close: () => undefined,
          };
        };
        return answer;
      };
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('svc-0000');
  await opened.second();
  return { opened, line };
}

test('of a long list the services around the cursor are followed', async () => {
  const { opened, line } = await openLong();
  expect(line.followed).toEqual(names.slice(0, 200).map((_, index) => serviceKey(at(index))));
  await opened.press('end');
  await opened.second();
  expect(line.followed).toHaveLength(100);
  expect(line.followed.at(-1)).toBe(serviceKey(at(999)));
});

test('the one of a long list that is told to have changed is counted, and nothing else is asked', async () => {
  const { opened, line } = await openLong();
  line.tell(at(3), 1);
  expect(line.counted).toEqual([]);
  opened.ports.instances.list = [...every, instanceOf(at(3), '10.0.0.2', 8080)];
  line.tell(at(3), 2);
  await opened.sees(/svc-0003 .* 2 +0 +0/);
  expect(line.counted).toEqual(['svc-0003']);
  expect(line.lists).toBe(1);
});

test('what was another number than the list says when one comes to it is counted', async () => {
  const { opened, line } = await openLong();
  opened.ports.instances.list = every.filter(({ service }) => service !== 'svc-0005');
  line.tell(at(5), 0);
  await opened.sees(/svc-0005 .* 0 +0 +0/);
  expect(line.counted).toEqual(['svc-0005']);
});

test('what could not be counted in time is counted again soon, and less and less often', async () => {
  const { opened, line } = await openLong();
  line.tell(at(3), 1);
  opened.ports.instances.list = [...every, instanceOf(at(3), '10.0.0.2', 8080)];
  line.problem = { kind: 'timeout', address: '10.0.0.1:8848', afterMs: 6_800, wasSent: true };
  line.tell(at(3), 2);
  for (let second = 0; second < 10; second += 1) await opened.second();
  // At once, and after 1 s, 3 and 7.
  expect(line.counted).toHaveLength(4);
  delete line.problem;
  for (let second = 0; second < 12; second += 1) await opened.second();
  expect(opened.screen()).toMatch(/svc-0003 .* 2 +0 +0/);
  expect(line.counted).toHaveLength(5);
  expect(line.lists).toBe(1);
});

test('what may not be counted waits for the whole list', async () => {
  const { opened, line } = await openLong();
  line.tell(at(3), 1);
  line.problem = { kind: 'forbidden', resource: 'public', action: 'read' };
  line.tell(at(3), 2);
  for (let second = 0; second < 20; second += 1) await opened.second();
  expect(line.counted).toHaveLength(1);
});

test('of many changes at once each service is counted once, after a rest each', async () => {
  const { opened, line } = await openLong();
  for (let round = 0; round < 5; round += 1) for (const index of [1, 2, 3]) line.tell(at(index), 1 + round);
  await opened.sees('svc-0001');
  expect(line.counted).toEqual(['svc-0001']);
  await opened.second();
  await opened.second();
  expect(new Set(line.counted)).toEqual(new Set(['svc-0001', 'svc-0002', 'svc-0003']));
  expect(line.counted.length).toBeLessThanOrEqual(4);
});

test('a list that was asked for before says nothing against what was counted since', async () => {
  const { opened, line } = await openLong();
  line.tell(at(3), 1);
  const gate = Promise.withResolvers<void>();
  line.gate = gate.promise;
  for (let second = 0; second < 30; second += 1) await opened.second();
  expect(line.lists).toBe(2);
  opened.ports.instances.list = [...every, instanceOf(at(3), '10.0.0.2', 8080)];
  line.tell(at(3), 2);
  await opened.sees(/svc-0003 .* 2 +0 +0/);
  gate.resolve();
  await opened.second();
  await until(() => !opened.store.model().services.isLoading, 1);
  expect(opened.screen()).toMatch(/svc-0003 .* 2 +0 +0/);
});
