import type { Listed } from '../../../src/core/registry/listed.ts';
import type { Instance, InstanceId } from '../../../src/core/registry/service.ts';
import { instance } from '../../simulation/scenario/scenario.ts';
import type { PlainRun } from '../../simulation/run-plain.ts';
import type { Slot } from '../../simulation/world/ground-truth.ts';
import type { SimulatedWorld } from '../../simulation/world/simulated-world.ts';

export const target = '10.0.0.1:8080';
export const own: InstanceId = instance('orders', 'DEFAULT_GROUP', 1, 8080);
export const registered = { weight: 100, metadata: { who: 'twin' }, isHealthy: true };

/** Another client registers the target's address in the cluster C1. */
export function beside(place: SimulatedWorld): Slot {
  const slot = place.truth.slotOf({ ...own, cluster: 'C1' });
  place.truth.register(slot, registered);
  return slot;
}

/** Another client has the target's address in its own cluster: what is written there lies over both. */
export function besideInCluster(
  place: SimulatedWorld,
  isThere: () => boolean,
  change: Partial<Instance> = {},
): void {
  const real = { ...place.world.registry };
  const withTwin = ({ items, unreadable }: Listed<Instance>): Listed<Instance> => {
    const slot = place.truth.slotOf(own);
    const { enabled = true, weight = registered.weight } = slot.override ?? {};
    const { metadata, isHealthy: healthy } = registered;
    const twin = { ...own, enabled, weight, healthy, ephemeral: true, metadata, ...change };
    return { items: isThere() ? [...items, twin] : items, unreadable };
  };
  Object.assign(place.world.registry, {
    instances: async (...words: Parameters<typeof real.instances>) => {
      const answer = await real.instances(...words);
      return answer.ok && answer.value ? { ok: true, value: withTwin(answer.value) } : answer;
    },
  });
}

export const writesOf = ({ events }: PlainRun): readonly string[] =>
  events.flatMap((event) => (event.type === 'write-began' ? [`${event.purpose} ${event.weight}`] : []));
export const whyStuck = (rollout: PlainRun): unknown => rollout.life.runner.rollout().targets[0]?.failure;
