import { expect, test } from 'vitest';
import type { Listed } from '../../src/core/registry/listed.ts';
import type { Instance, ServiceId } from '../../src/core/registry/service.ts';
import type { Registry } from '../../src/world/registry.ts';
import {
  isThree,
  errorOf,
  eventually,
  itemsOf,
  listed,
  newService,
  registerInstance,
  shownAs,
  type Subject,
  valueOf,
} from './subjects/subject.ts';

/** The list of a service once it has as many records. */
async function wholeList(
  subject: Subject,
  registry: Registry,
  service: ServiceId,
  count: number,
): Promise<Listed<Instance>> {
  const read = async () => valueOf(await registry.instances(service)) ?? { items: [], unreadable: [] };
  return await eventually(
    subject,
    read,
    ({ items, unreadable }) => items.length + unreadable.length === count,
  );
}

export function unreadableRecords(subject: () => Subject): void {
  test('a weight that is no number spoils no list', async () => {
    const registry = subject().open();
    const service = newService('unweighed');
    const good = await registerInstance(subject(), service, 1);
    await registerInstance(subject(), service, 2, { weight: Number.NaN });
    const { items, unreadable } = await wholeList(subject(), registry, service, 2);
    const readable = isThree(subject()) ? ['10.0.0.1', '10.0.0.2'] : ['10.0.0.1'];
    expect(items.map(({ ip }) => ip)).toEqual(readable);
    if (!isThree(subject()))
      expect(unreadable).toMatchObject([{ ...service, ip: '10.0.0.2', port: 8080, field: 'weight' }]);
    const [summary] = itemsOf(await registry.services('public', service.service));
    expect(summary).toMatchObject({ ...service, on: readable.length, off: 0, ill: 0 });
    expect(summary?.unreadable ?? 0).toBe(unreadable.length);
    const given = async () => itemsOf(await registry.consumerView(service)).map(({ ip }) => ip);
    const view = await eventually(subject(), given, (ips) => ips.length === 2);
    expect([...view].sort()).toEqual(['10.0.0.1', '10.0.0.2']);
    const off = { instance: good, enabled: false, weight: 5, metadata: {}, mode: 'registered' } as const;
    expect(await registry.write(off)).toEqual({ kind: 'accepted' });
    await shownAs(subject(), registry, good, false);
  });

  test('ports that no process can have spoil no list', async ({ skip }) => {
    if (subject().kind !== '2.x') return skip('only 2.x is known to take them');
    const registry = subject().open();
    const service = newService('unreachable');
    for (const [number, port] of [8080, 70_000, -1, 0].entries())
      await registerInstance(subject(), service, number + 1, { port });
    const { items, unreadable } = await wholeList(subject(), registry, service, 4);
    expect(items.map(({ port }) => port)).toEqual([8080, 0]);
    const found = unreadable.map((one) => `${one.ip} ${one.field} ${one.found}`);
    expect(found.toSorted()).toEqual(['10.0.0.2 port 70000', '10.0.0.3 port -1']);
  });

  test('pages in another order are put together, and where that cannot be, there is no list', async ({
    skip,
  }) => {
    const { mixPages } = subject();
    if (mixPages === undefined) return skip('its pages cannot be mixed here');
    const registry = subject().open({}, { pageSize: 2 });
    const service = newService('mixed');
    for (const number of [1, 2, 3, 4, 5]) await registerInstance(subject(), service, number);
    await listed(subject(), registry, service, 5);
    for (const pages of [1, 2, 100]) {
      const endMix = mixPages(pages, 0);
      expect(itemsOf(await registry.instances(service))).toHaveLength(5);
      expect(itemsOf(await registry.services('public', service.service))).toHaveLength(1);
      endMix();
    }
    const endCap = mixPages(100, 2);
    const isPaged = !isThree(subject());
    expect(errorOf(await registry.services('public', service.service))).toBe('incomplete');
    if (isPaged) expect(errorOf(await registry.instances(service))).toBe('incomplete');
    endCap();
    const endShort = mixPages(0, 1);
    expect(itemsOf(await registry.instances(service))).toHaveLength(5);
    endShort();
  });
}
