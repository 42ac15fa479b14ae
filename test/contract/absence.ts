import { expect, test } from 'vitest';
import type { InstanceId } from '../../src/core/service.ts';
import type { InstanceWrite, Registry } from '../../src/world/registry.ts';
import {
  isRemembering,
  listed,
  newService,
  registerInstance,
  shownAs,
  type Subject,
  valueOf,
} from './subject.ts';

const off = (instance: InstanceId, mode: InstanceWrite['mode']): InstanceWrite => ({
  instance,
  enabled: false,
  weight: 5,
  metadata: {},
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
    expect(valueOf(await registry.instances(service))).toHaveLength(1);
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

  test('after a minute away the server has forgotten, unless it was reminded', async ({ skip }) => {
    const { turn } = subject();
    if (turn === undefined) return skip('it would take two minutes of real time');
    const registry = subject().open();
    for (const isReminded of [false, true]) {
      const instance = await withOneOff(registry);
      const other = await registerInstance(subject(), instance, 2);
      await subject().applications.deregister(instance);
      for (let secondsAway = 0; secondsAway < 70; secondsAway += 10) {
        await turn(10_000);
        await registerInstance(subject(), other, 2);
        if (isReminded) await registry.write(off(instance, 'absent'));
      }
      await registerInstance(subject(), instance, 1);
      const [back] = await listed(subject(), registry, instance, 2);
      expect(back?.enabled).toBe(!(isReminded && isRemembering(subject())));
    }
  });
}
