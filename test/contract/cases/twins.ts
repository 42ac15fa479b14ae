import { expect, test } from 'vitest';
import type { Instance, InstanceId, ServiceId } from '../../../src/core/registry/service.ts';
import type { InstanceWrite, Registry } from '../../../src/world/registry.ts';
import {
  eventually,
  isRemembering,
  itemsOf,
  listed,
  newService,
  pass,
  type Subject,
  valueOf,
} from '../subjects/subject.ts';

type Said = readonly [cluster: string, weight: number, enabled: boolean];

const saidOf = (instances: readonly Instance[]): readonly Said[] =>
  instances.map(({ cluster, weight, enabled }): Said => [cluster, weight, enabled]);

const setting = (instance: InstanceId, enabled: boolean, weight: number): InstanceWrite => ({
  instance,
  enabled,
  weight,
  mode: 'registered',
});

/** One address that several clients have registered, which only those can that hold a connection. */
export function twins(subject: () => Subject): void {
  const at = (service: ServiceId, cluster = 'DEFAULT'): InstanceId => ({
    ...service,
    cluster,
    ip: '127.0.0.1',
    port: 8080,
  });
  const connect = async (instance: InstanceId, weight: number, who: string) =>
    await subject().connect?.({ ...instance, weight, metadata: { who } });
  const hasConnections = (): boolean => subject().connect !== undefined;
  const why = 'only one client can have an address here';

  const until = async (registry: Registry, service: ServiceId, said: readonly Said[]): Promise<void> => {
    const read = async () => saidOf(itemsOf(await registry.instances(service)));
    await eventually(subject(), read, (shown) => JSON.stringify(shown) === JSON.stringify(said));
  };

  test('are listed as often as they are registered, and counted so', async ({ skip }) => {
    if (!hasConnections()) return skip(why);
    const registry = subject().open();
    const service = newService('twice');
    await connect(at(service), 1, 'a');
    await connect(at(service), 100, 'b');
    await connect({ ...at(service), port: 8081 }, 5, 'c');
    const instances = await listed(subject(), registry, service, 3);
    expect(instances.map(({ port, weight, metadata }) => [port, weight, metadata['who']])).toEqual([
      [8080, 1, 'a'],
      [8080, 100, 'b'],
      [8081, 5, 'c'],
    ]);
    const services = itemsOf(await registry.services('public', service.service));
    expect(services).toEqual([{ ...service, on: 3, off: 0, ill: 0 }]);
    const given = itemsOf(await registry.consumerView(service));
    expect(new Set(given.map(({ port }) => port))).toEqual(new Set([8080, 8081]));
  });

  test('of one cluster go off together, and have one weight from then on', async ({ skip }) => {
    if (!hasConnections()) return skip(why);
    const registry = subject().open();
    const service = newService('together');
    await connect(at(service), 1, 'a');
    await connect(at(service), 100, 'b');
    await listed(subject(), registry, service, 2);
    expect(await registry.write(setting(at(service), false, 5))).toEqual({ kind: 'accepted' });
    await until(registry, service, [
      ['DEFAULT', 5, false],
      ['DEFAULT', 5, false],
    ]);
    expect(itemsOf(await registry.consumerView(service))).toEqual([]);
    expect(await registry.write(setting(at(service), true, 5))).toEqual({ kind: 'accepted' });
    await until(registry, service, [
      ['DEFAULT', 5, true],
      ['DEFAULT', 5, true],
    ]);
  });

  test('of two clusters go off one by one, and keep their weights', async ({ skip }) => {
    if (!hasConnections()) return skip(why);
    const registry = subject().open();
    const service = newService('apart');
    await connect(at(service), 1, 'a');
    await connect(at(service, 'B'), 100, 'b');
    await listed(subject(), registry, service, 2);
    await registry.write(setting(at(service, 'B'), false, 100));
    await until(registry, service, [
      ['B', 100, false],
      ['DEFAULT', 1, true],
    ]);
    expect(itemsOf(await registry.consumerView(service))).toHaveLength(1);
    await registry.write(setting(at(service), false, 1));
    await until(registry, service, [
      ['B', 100, false],
      ['DEFAULT', 1, false],
    ]);
    for (const [cluster, weight] of [
      ['B', 100],
      ['DEFAULT', 1],
    ] as const)
      await registry.write(setting(at(service, cluster), true, weight));
    await until(registry, service, [
      ['B', 100, true],
      ['DEFAULT', 1, true],
    ]);
  });

  test('may be one that connects and one that registers by HTTP', async ({ skip }) => {
    if (!hasConnections()) return skip(why);
    const registry = subject().open();
    const service = newService('mixed');
    await connect(at(service), 1, 'connected');
    await subject().applications.register({ ...at(service), weight: 100, metadata: { who: 'http' } });
    const instances = await listed(subject(), registry, service, 2);
    expect(instances.map(({ weight, metadata }) => [weight, metadata['who']])).toEqual([
      [1, 'connected'],
      [100, 'http'],
    ]);
    await subject().applications.deregister(at(service));
    expect(saidOf(await listed(subject(), registry, service, 1))).toEqual([['DEFAULT', 1, true]]);
  });

  test('that are equal are one', async ({ skip }) => {
    if (!hasConnections()) return skip(why);
    const registry = subject().open();
    const service = newService('equal');
    await connect(at(service), 5, 'same');
    await connect({ ...at(service), port: 8081 }, 5, 'other');
    await listed(subject(), registry, service, 2);
    await connect(at(service), 5, 'same');
    for (let pauses = 0; pauses < 10; pauses += 1) await subject().pause();
    expect(await listed(subject(), registry, service, 2)).toHaveLength(2);
    expect(itemsOf(await registry.services('public', service.service))).toMatchObject([{ on: 2 }]);
  });

  test('are told apart by the clients that registered them', async ({ skip }) => {
    if (!hasConnections()) return skip(why);
    const registry = subject().open();
    const service = newService('clients');
    await connect(at(service), 1, 'a');
    await connect(at(service), 100, 'b');
    await listed(subject(), registry, service, 2);
    const clients = valueOf((await registry.clientsOf?.(at(service))) ?? { ok: true, value: undefined });
    expect(new Set(clients).size).toBe(2);
  });

  test('when one of them goes, what was written is forgotten for the other one too', async ({ skip }) => {
    if (!hasConnections() || !isRemembering(subject())) return skip(why);
    const registry = subject().open();
    const service = newService('one-left');
    await connect({ ...at(service), port: 8081 }, 5, 'third');
    const first = await connect(at(service), 1, 'a');
    await connect(at(service), 100, 'b');
    await listed(subject(), registry, service, 3);
    await registry.write(setting(at(service), false, 1));
    await until(registry, service, [
      ['DEFAULT', 1, false],
      ['DEFAULT', 1, false],
      ['DEFAULT', 5, true],
    ]);
    await first?.close();
    await until(registry, service, [
      ['DEFAULT', 1, false],
      ['DEFAULT', 5, true],
    ]);
    await pass(subject(), subject().forgetsAfterMs);
    // No list shows it before the next change of the service.
    await registry.write(setting({ ...at(service), port: 8081 }, true, 5));
    await until(registry, service, [
      ['DEFAULT', 100, true],
      ['DEFAULT', 5, true],
    ]);
  });
}
