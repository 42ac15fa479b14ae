import { expect, test } from 'vitest';
import type { InstanceId } from '../../../src/core/registry/service.ts';
import type { InstanceWrite, Registry } from '../../../src/world/registry.ts';
import {
  eventually,
  isRemembering,
  listed,
  newService,
  pass,
  registerInstance,
  shownAs,
  type Subject,
  itemsOf,
  valueOf,
} from '../subjects/subject.ts';

const off = (instance: InstanceId, mode: InstanceWrite['mode']): InstanceWrite => ({
  instance,
  enabled: false,
  weight: 5,
  mode,
});

/** What an instance comes back as after its operator switched it off. */
export function absence(subject: () => Subject): void {
  /** Two instances; the first is off. */
  const withOneOff = async (registry: Registry): Promise<InstanceId> => {
    const service = newService('away');
    const instance = await registerInstance(subject(), service, 1);
    await registerInstance(subject(), service, 2);
    await listed(subject(), registry, service, 2);
    await registry.write(off(instance, 'registered'));
    await shownAs(subject(), registry, instance, false);
    return instance;
  };

  test('a restart comes back off where the server remembers, on where it does not', async () => {
    const registry = subject().open();
    const instance = await withOneOff(registry);
    await subject().applications.deregister(instance);
    await listed(subject(), registry, instance, 1);
    await registerInstance(subject(), instance, 1);
    const [back] = await listed(subject(), registry, instance, 2);
    expect(back).toMatchObject({ ip: instance.ip, enabled: !isRemembering(subject()), weight: 5 });
  });

  test('a mark for an instance that is not there yet switches it off when it comes', async () => {
    const registry = subject().open();
    const service = newService('marked');
    await registerInstance(subject(), service, 2);
    await listed(subject(), registry, service, 1);
    const instance = { ...service, cluster: 'DEFAULT', ip: '10.0.0.1', port: 8080 };
    const outcome = await registry.write(off(instance, 'absent'));
    expect(outcome.kind).toBe(isRemembering(subject()) ? 'accepted' : 'refused');
    expect(itemsOf(await registry.instances(service))).toHaveLength(1);
    await registerInstance(subject(), service, 1);
    const [came] = await listed(subject(), registry, service, 2);
    expect(came).toMatchObject({ ip: instance.ip, enabled: !isRemembering(subject()) });
  });

  test('a mark needs a service', async () => {
    const registry = subject().open();
    const instance = { ...newService('nobody'), cluster: 'DEFAULT', ip: '10.0.0.1', port: 8080 };
    const kind = isRemembering(subject()) ? 'service-missing' : 'instance-missing';
    expect(await registry.write(off(instance, 'absent'))).toMatchObject({ kind: 'refused', error: { kind } });
  });

  test('after long enough away the server has forgotten, unless it was reminded', async () => {
    const registry = subject().open();
    const { forgetsAfterMs } = subject();
    const stepMs = forgetsAfterMs / 7;
    for (const isReminded of [false, true]) {
      const instance = await withOneOff(registry);
      const other = await registerInstance(subject(), instance, 2);
      await subject().applications.deregister(instance);
      for (let awayMs = 0; awayMs < forgetsAfterMs; awayMs += stepMs) {
        await pass(subject(), stepMs);
        await registerInstance(subject(), other, 2);
        if (isReminded) await registry.write(off(instance, 'absent'));
      }
      await registerInstance(subject(), instance, 1);
      const [back] = await listed(subject(), registry, instance, 2, [instance]);
      expect(back?.enabled).toBe(!(isReminded && isRemembering(subject())));
    }
  });

  test('a service without instances goes, and then there is nothing to leave a mark for', async ({
    skip,
  }) => {
    const { emptyGoneAfterMs } = subject();
    if (emptyGoneAfterMs === undefined) return skip('it keeps services without instances');
    const registry = subject().open();
    const instance = await registerInstance(subject(), newService('emptied'), 1);
    await listed(subject(), registry, instance, 1);
    await subject().applications.deregister(instance);
    await pass(subject(), emptyGoneAfterMs);
    const read = async () => valueOf(await registry.instances(instance));
    expect(await eventually(subject(), read, (instances) => instances === undefined)).toBeUndefined();
    expect(valueOf(await registry.service(instance))).toBeUndefined();
    const outcome = await registry.write(off(instance, 'absent'));
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'service-missing' } });
  });

  test('an address is one instance, whichever cluster it names', async () => {
    const registry = subject().open();
    const service = newService('moved');
    await registerInstance(subject(), service, 1, { cluster: 'A' });
    await registerInstance(subject(), service, 1, { cluster: 'B' });
    const read = async () => itemsOf(await registry.instances(service));
    const moved = await eventually(subject(), read, ([one]) => one?.cluster === 'B');
    expect(moved.map(({ cluster }) => cluster)).toEqual(['B']);
  });
}
