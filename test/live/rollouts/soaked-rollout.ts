import { expect, test } from 'vitest';
import { everyList } from './every-list.ts';
import { shortly } from './program.ts';
import type { RolloutPlace } from './rollout-place.ts';
import { roll, threeOf } from './whole-rollout.ts';

/** Thrice what it takes on an idle machine. */
const timeout = 300_000;

/** Each is watched in service before the next one goes. */
export function soakedRollout(place: () => RolloutPlace): void {
  test('watches each in service before the next one goes off', { timeout }, async () => {
    const { nacos, registry, token } = place();
    const fleet = await threeOf('watched', place());
    const before = await everyList(nacos, 'watched', token);
    const { code, events, stderr } = await roll(place(), fleet, '--soak', '3s');
    expect(code, stderr).toBe(0);
    const each = ['disabled', 'enabled', 'soak-began', 'soak-passed'] as const;
    expect(shortly(events, [...each, 'changed', 'exposed', 'step-failed'])).toEqual(
      [...fleet.names].sort().flatMap((name) => each.map((type) => `${type} ${name}`)),
    );
    const soaks = events.flatMap((event) => (event.type === 'soak-passed' ? [event.ms] : []));
    expect(Math.min(...soaks)).toBeGreaterThanOrEqual(3000);
    await fleet.listed(registry);
    expect(await everyList(nacos, 'watched', token)).toEqual(before);
  });
}
