import { expect, test } from 'vitest';
import { addressText } from '../../../src/core/registry/address.ts';
import type { InstanceId } from '../../../src/core/registry/service.ts';
import type { Registry } from '../../../src/world/registry.ts';
import {
  eventually,
  itemsOf,
  listed,
  metadata,
  newService,
  shownAs,
  type Subject,
  valueOf,
} from '../subjects/subject.ts';

/** As Spring Cloud Alibaba, Java, and others register; and what is no address at all. */
const registered = [
  '[2001:db8::5]',
  '2001:db8:0:0:0:0:0:6',
  '2001:DB8::07',
  'fe80::8%eth0',
  '[fe80:0:0:0:0:0:0:9%eth0]',
  '::ffff:10.0.0.1',
  'Host-1.example',
  '2001:db8::5::6',
];

/** Servers compare the texts of addresses. */
export function spellings(subject: () => Subject): void {
  const register = async (service: ReturnType<typeof newService>, ip: string): Promise<InstanceId> => {
    const instance = { ...service, cluster: 'DEFAULT', ip, port: 8080 };
    await subject().applications.register({ ...instance, weight: 5, metadata, enabled: true });
    return instance;
  };
  const writeAt = (registry: Registry, instance: InstanceId, enabled: boolean) =>
    registry.write({ instance, enabled, weight: 5, mode: 'registered' });

  test.each(registered)('%s is listed and written to as it is registered', async (ip) => {
    const registry = subject().open();
    const instance = await register(newService('spelled'), ip);
    const [before] = await listed(subject(), registry, instance, 1);
    expect(before?.ip).toBe(ip);
    expect(await writeAt(registry, instance, false)).toEqual({ kind: 'accepted' });
    expect(await shownAs(subject(), registry, instance, false)).toEqual({ ...before, enabled: false });
    expect(await writeAt(registry, instance, true)).toEqual({ kind: 'accepted' });
    expect(await shownAs(subject(), registry, instance, true)).toEqual(before);
    expect(itemsOf(await registry.consumerView(instance))).toEqual([{ ip, port: 8080 }]);
  });

  test('a write to another spelling of what is registered is refused', async () => {
    const registry = subject().open();
    const instance = await register(newService('other-spelling'), '2001:db8:0:0:0:0:0:6');
    await listed(subject(), registry, instance, 1);
    for (const ip of [addressText(instance.ip), '[2001:db8:0:0:0:0:0:6]', '2001:DB8:0:0:0:0:0:6'])
      expect(await writeAt(registry, { ...instance, ip }, false), ip).toMatchObject({
        kind: 'refused',
        error: { kind: 'instance-missing' },
      });
  });

  test('two spellings of one address are two instances', async () => {
    const registry = subject().open();
    const service = newService('twice-spelled');
    const compressed = await register(service, '2001:db8::6');
    const other = await register(service, '2001:db8:0:0:0:0:0:6');
    await listed(subject(), registry, service, 2);
    expect(await writeAt(registry, compressed, false)).toEqual({ kind: 'accepted' });
    const read = async () =>
      valueOf(await registry.instances(service, { known: [compressed, other] }))?.items.map(
        ({ ip, enabled }) => [ip, enabled] as const,
      ) ?? [];
    const shown = await eventually(subject(), read, (all) => all.some(([, enabled]) => !enabled));
    expect(new Map(shown)).toEqual(
      new Map([
        [compressed.ip, false],
        [other.ip, true],
      ]),
    );
  });
}
