import { expect, test } from 'vitest';
import { type InstanceId, type ServiceId, instanceKey } from '../../../src/core/registry/service.ts';
import type { InstanceWrite, Registry } from '../../../src/world/registry.ts';
import { fetchText } from '../../support/servers/fetch-text.ts';
import {
  isThree,
  errorOf,
  eventually,
  itemsOf,
  listed,
  newService,
  shownAs,
  type Subject,
} from '../subjects/subject.ts';

const off = (instance: InstanceId): InstanceWrite => ({
  instance,
  enabled: false,
  weight: 5,
  mode: 'registered',
});

/** Services that are called like the full name of another one, and what a server cuts such a name to. */
export function lookAlikes(subject: () => Subject): void {
  /** Only clients that do not send the group in the name can register it; 3.x checks the names of those that connect. */
  const registerOdd = async (instance: InstanceId): Promise<void> => {
    const { kind, url, connect } = subject();
    if (!isThree({ kind })) {
      await connect?.({ ...instance, weight: 5, metadata: { odd: 'yes' } });
      return;
    }
    const { namespace, group, service, ip, port } = instance;
    const names = { namespaceId: namespace, groupName: group, serviceName: service };
    const query = new URLSearchParams({ ...names, ip, port: String(port), weight: '5' });
    const path = `${url}/nacos/v3/client/ns/instance?${query.toString()}`;
    const { status } = await fetchText(path, { method: 'POST', token: await subject().token() });
    expect(status).toBe(200);
  };

  type Three = { readonly odd: InstanceId; readonly others: readonly InstanceId[] };

  /** `PROD-n@@pay` in the default group, `pay` in the group PROD-n, and PROD-n in the default group: one address. */
  const three = async (): Promise<Three> => {
    const named: ServiceId = newService('PROD');
    const at = { cluster: 'DEFAULT', ip: '127.0.0.1', port: 8080 };
    const odd = { ...named, ...at, service: `${named.service}@@pay` };
    const others = [
      { ...named, ...at, group: named.service, service: 'pay' },
      { ...named, ...at },
    ];
    for (const other of others)
      await subject().applications.register({ ...other, weight: 5, metadata: { odd: 'no' } });
    await registerOdd(odd);
    return { odd, others };
  };

  const areOn = async (registry: Registry, others: readonly InstanceId[]): Promise<readonly boolean[]> =>
    (await Promise.all(others.map((other) => registry.instances(other)))).flatMap((answer) =>
      itemsOf(answer).map(({ enabled }) => enabled),
    );

  test('are listed with their group beside the name', async ({ skip }) => {
    if (subject().connect === undefined) return skip('nobody can register them here');
    const registry = subject().open();
    const { odd, others } = await three();
    const read = async () => itemsOf(await registry.services('public', 'p'));
    const ids = [odd, ...others].map(({ group, service }) => ({ group, service }));
    const isOurs = (one: ServiceId): boolean =>
      ids.some(({ group, service }) => group === one.group && service === one.service);
    const found = await eventually(subject(), read, (services) => services.filter(isOurs).length === 3);
    expect(found.filter(isOurs).map(({ on, off: count }) => [on, count])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
  });

  test('are neither read nor changed by v1, and nothing else is in their place', async ({ skip }) => {
    const { kind, connect } = subject();
    if (connect === undefined) return skip('nobody can register them here');
    if (isThree({ kind })) return skip('v3 can name them');
    const registry = subject().open();
    const { odd, others } = await three();
    for (const other of others) await listed(subject(), registry, other, 1);
    expect(errorOf(await registry.instances(odd))).toBe('not-addressable');
    expect(errorOf(await registry.consumerView(odd))).toBe('not-addressable');
    expect(await registry.write(off(odd))).toMatchObject({ kind: 'refused' });
    expect(await registry.write({ ...off(odd), mode: 'absent' })).toMatchObject({ kind: 'refused' });
    for (let pauses = 0; pauses < 8; pauses += 1) await subject().pause();
    expect(await areOn(registry, others)).toEqual([true, true]);
  });

  test('are read and changed by v3, and by that alone', async ({ skip }) => {
    if (!isThree(subject())) return skip('v1 cannot name them');
    const registry = subject().open();
    const { odd, others } = await three();
    for (const each of [odd, ...others]) {
      const [instance] = await listed(subject(), registry, each, 1);
      expect(instance && instanceKey(instance)).toBe(instanceKey(each));
    }
    expect(await registry.write(off(odd))).toEqual({ kind: 'accepted' });
    await shownAs(subject(), registry, odd, false);
    expect(await areOn(registry, others)).toEqual([true, true]);
    expect(itemsOf(await registry.consumerView(odd))).toEqual([]);
  });
}
