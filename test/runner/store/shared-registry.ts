import { allRead } from '../../../src/core/registry/listed.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { type Instance, instanceKey } from '../../../src/core/registry/service.ts';
import { type Claimed, claimLease } from '../../../src/runner/store/lease.ts';
import { type LeaseNews } from '../../../src/runner/store/lease-claims.ts';
import type { Answer, Presence, Registry } from '../../../src/world/registry.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

export const clock = virtualClock();

/** A registry in memory that may be out of reach, and forgets when told to. */
export function sharedRegistry() {
  const listed = new Map<string, Instance>();
  const state = { isReachable: true, beatTakesMs: 0, members: ['a', 'b'] };
  const answer = <T>(value: T): Promise<Answer<T>> =>
    Promise.resolve(
      state.isReachable
        ? { ok: true, value }
        : { ok: false, error: { kind: 'unreachable', addresses: [], detail: '' } },
    );
  const registry: Pick<Registry, 'instances' | 'nodes'> = {
    instances: () => answer(allRead([...listed.values()])),
    nodes: () =>
      answer(allRead(state.members.map((address) => ({ address, state: 'UP', leader: undefined })))),
  };
  const presence: Presence = {
    announce: ({ instance, ...rest }) => {
      if (state.isReachable)
        listed.set(instanceKey(instance), { ...instance, ...rest, healthy: true, ephemeral: true });
      return answer(undefined);
    },
    beat: async ({ instance }) => {
      await clock.sleep(state.beatTakesMs);
      return answer(listed.has(instanceKey(instance)) ? 'known' : 'forgotten');
    },
    requestOf: (call) => ({ method: call, url: '', hasToken: false }),
    withdraw: ({ instance }) => {
      listed.delete(instanceKey(instance));
      return answer(undefined);
    },
  };
  return { listed, state, registry, presence };
}

type Shared = ReturnType<typeof sharedRegistry>;

export function planOf(service: string): Plan {
  const registration = { namespace: 'public', group: 'DEFAULT_GROUP', service };
  return { targets: [{ registrations: [registration] }] } as unknown as Plan;
}

export function claim(
  shared: Shared,
  id: string,
  service: string,
  news: LeaseNews[] = [],
  isFromElsewhere = false,
): Promise<Claimed> {
  return claimLease({
    ...shared,
    clock,
    nodes: ['http://a', 'http://b'],
    plan: planOf(service),
    id,
    by: `${id}@host`,
    namespace: 'public',
    since: '',
    isFromElsewhere,
    onNews: (one) => news.push(one),
  });
}

export async function settled(...claims: Promise<Claimed>[]): Promise<readonly string[]> {
  await clock.advance(6_000);
  return (await Promise.all(claims)).map(({ kind }) => kind);
}
