import type { InstanceId } from '../../../src/core/registry/service.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';

const longestMs = 40_000;

/**
 * In some runs the lists have records that cannot be read: strangers in every service, and for a while those of the
 * instances themselves, at one node or at all. Drawn apart from the rest, so that a kept seed stays the run that it was.
 */
export function withUnreadable(scenario: Scenario, random: Random): Scenario {
  if (!random.chance(0.15)) return scenario;
  const { plan, bystanders, nodes, weather } = scenario;
  const all: readonly InstanceId[] = [
    ...plan.targets.map((target) => target.registrations),
    ...bystanders,
  ].flat();
  // Where the sun always shines, trouble still ends.
  const calmFromMs = Math.max(weather.calmFromMs, 60_000);
  const anyNode = (): number | undefined =>
    random.chance(0.4) ? undefined : random.int(0, nodes.length - 1);
  const garbled = Array.from({ length: random.int(0, 6) }, () => {
    const fromMs = random.int(0, calmFromMs);
    const toMs = Math.min(calmFromMs, fromMs + random.int(500, longestMs));
    return { fromMs, toMs, node: anyNode(), instance: random.pick(all) };
  });
  const spoilingWrites = Array.from({ length: random.int(0, 4) }, () => ({
    number: random.int(1, 12),
    node: anyNode(),
    forMs: random.int(100, longestMs),
  }));
  return { ...scenario, weather: { ...weather, garbled, spoilingWrites, strangers: random.int(0, 2) } };
}
