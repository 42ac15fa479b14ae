import { expect, test } from 'vitest';
import type { Endpoint } from '../../../src/core/registry/service.ts';
import type { Registry } from '../../../src/world/registry.ts';
import type { Subscription, Told } from '../../../src/world/subscription.ts';
import { until } from '../../support/time/until.ts';
import {
  eventually,
  newService,
  pass,
  registerInstance,
  type Subject,
  valueOf,
} from '../subjects/subject.ts';

type Heard = { readonly told: readonly Told[]; readonly subscription: Subscription };

function subscribe(registry: Registry, node: string): Heard {
  const told: Told[] = [];
  const subscription = registry.subscribe?.({ nodes: [node], told: (list) => void told.push(list) });
  if (subscription === undefined) throw new Error('this registry cannot subscribe');
  return { told, subscription };
}

const last = ({ told }: Heard): readonly Endpoint[] | undefined => told.at(-1)?.consumers.items;

/** What consumers are told, and that a server that tells nobody is said to be one. */
export function subscriptions(subject: () => Subject): void {
  test('says what consumers are told, as soon as they are', async () => {
    const registry = subject().open();
    const service = newService('told');
    const instance = await registerInstance(subject(), service, 1);
    const heard = subscribe(registry, subject().url);
    const { subscription } = heard;
    subscription.follow([service]);
    const hearing = () => subscription.hearing(subject().url, service);
    // Connections are no matter of a clock that is held.
    await until(() => hearing().kind !== 'asking', 10);
    if (!subject().isTelling) {
      expect(hearing()).toMatchObject({ kind: 'unavailable', error: { kind: 'unreachable' } });
      return;
    }
    expect(hearing()).toEqual({ kind: 'listening' });
    await eventually(
      subject(),
      async () => last(heard),
      (hosts) => hosts?.length === 1,
    );
    const outcome = await registry.write({ instance, enabled: false, weight: 5, mode: 'registered' });
    expect(outcome).toEqual({ kind: 'accepted' });
    await eventually(
      subject(),
      async () => last(heard),
      (hosts) => hosts?.length === 0,
    );
    await registry.write({ instance, enabled: true, weight: 5, mode: 'registered' });
    await eventually(
      subject(),
      async () => last(heard),
      (hosts) => hosts?.length === 1,
    );
    expect(last(heard)).toEqual([{ ip: '10.0.0.1', port: 8080 }]);
  });

  test('never counts us among the consumers', async () => {
    if (!subject().isTelling) return;
    const registry = subject().open();
    const service = newService('unseen');
    await registerInstance(subject(), service, 1);
    const { told, subscription } = subscribe(registry, subject().url);
    subscription.follow([service]);
    await eventually(
      subject(),
      async () => told.length,
      (count) => count > 0,
    );
    expect(valueOf(await registry.subscribers(service))).toEqual([]);
  });

  test('follows another service after the first token has ended', async () => {
    if (!subject().isTelling || subject().reader === undefined) return;
    const registry = subject().open();
    const [first, second] = [newService('early'), newService('late')];
    await registerInstance(subject(), first, 1);
    await registerInstance(subject(), second, 2);
    const heard = subscribe(registry, subject().url);
    heard.subscription.follow([first]);
    await eventually(
      subject(),
      async () => last(heard),
      (hosts) => hosts?.length === 1,
    );
    // Tokens live for five seconds there.
    await pass(subject(), 6_000);
    heard.subscription.follow([first, second]);
    const isTold = (): boolean => heard.told.some((list) => list.service.service === second.service);
    await eventually(
      subject(),
      async () => isTold(),
      (told) => told,
    );
  });
}
