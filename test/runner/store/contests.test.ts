import { expect, test } from 'vitest';
import { allRead } from '../../../src/core/registry/listed.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Instance } from '../../../src/core/registry/service.ts';
import { type Claimed, claimLease } from '../../../src/runner/store/lease.ts';
import type { Answer, OwnInstance, Presence, Registry } from '../../../src/world/registry.ts';
import { type Random, seededRandom } from '../../simulation/scenario/random.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { type VirtualClock, virtualClock } from '../../support/time/virtual-clock.ts';

const nodesOf = (count: number) => Array.from({ length: count }, (_, at) => `http://node-${at}`);
const mostLagMs = 2_000;

/** Each node hears of a registration in its own time and lists what it heard, in the order in which it was told. */
function laggingCluster(clock: VirtualClock, random: Random, count: number) {
  // Where one is not asked, time alone must do.
  const others = random.chance(0.3) ? ['elsewhere'] : [];
  const members = [...nodesOf(count).map((node) => new URL(node).host), ...others];
  const lists = nodesOf(count).map(() => new Map<string, Instance>());
  const dueMs = nodesOf(count).map(() => new Map<string, number>());
  const tell = (id: string, act: (list: Map<string, Instance>) => void): void => {
    for (const [at, list] of lists.entries()) {
      // What one of them says arrives in its order; nothing is said of the order between two.
      const atMs = Math.max(clock.monotonic() + random.int(0, mostLagMs), dueMs[at]?.get(id) ?? 0);
      dueMs[at]?.set(id, atMs);
      clock.after(atMs - clock.monotonic(), () => act(list));
    }
  };
  const slowly = async <T>(value: T): Promise<Answer<T>> => {
    await clock.sleep(random.chance(0.2) ? random.int(0, 4_000) : random.int(0, 50));
    return { ok: true, value };
  };
  const idOf = ({ metadata }: OwnInstance): string => metadata['id'] ?? '';
  const registry: Pick<Registry, 'instances' | 'nodes'> = {
    instances: (_service, options) =>
      slowly(allRead([...(lists[nodesOf(count).indexOf(options?.node ?? '')]?.values() ?? [])])),
    nodes: () => slowly(allRead(members.map((address) => ({ address, state: 'UP', leader: undefined })))),
  };
  const presence: Presence = {
    announce: async (own) => {
      const { instance, ...rest } = own;
      tell(idOf(own), (list) =>
        list.set(idOf(own), { ...instance, ...rest, healthy: true, ephemeral: true }),
      );
      return slowly(undefined);
    },
    beat: () => slowly('known' as const),
    withdraw: async (own) => {
      tell(idOf(own), (list) => list.delete(idOf(own)));
      return slowly(undefined);
    },
    requestOf: (method) => ({ method, url: '', hasToken: false }),
  };
  return { registry, presence };
}

async function contest(seed: number): Promise<readonly Claimed['kind'][]> {
  const clock = virtualClock();
  const random = seededRandom(seed);
  const count = random.int(1, 3);
  const cluster = laggingCluster(clock, random, count);
  const plan = { targets: [{ registrations: [{ namespace: 'public', group: 'G', service: 'orders' }] }] };
  const claim = async (id: string): Promise<Claimed['kind']> => {
    await clock.sleep(random.int(0, 3_000));
    const claimed = await claimLease({
      ...cluster,
      clock,
      nodes: nodesOf(count),
      plan: plan as unknown as Plan,
      id,
      by: '',
      namespace: 'public',
      since: '',
      onNews: () => undefined,
    });
    return claimed.kind;
  };
  const ids = ['0000000a', '0000000b', '0000000c'].slice(0, random.int(2, 3));
  return whileRunning(Promise.all(ids.map(claim)), () => clock.advance(500));
}

test('however claims meet, and however late each node tells of them, one of them holds and no other', async () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    const kinds = await contest(seed);
    expect({ seed, held: kinds.filter((kind) => kind === 'held').length }).toEqual({ seed, held: 1 });
  }
});
