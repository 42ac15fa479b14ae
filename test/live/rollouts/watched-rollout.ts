import { expect, test } from 'vitest';
import { everyList } from './every-list.ts';
import { shortly } from './program.ts';
import type { RolloutPlace } from './rollout-place.ts';
import { roll, threeOf } from './whole-rollout.ts';

/** Thrice what it takes on an idle machine. */
const timeout = 480_000;

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

/** Each begins with a part of its weight, as every list shows, and ends with all of it. */
export function warmedRollout(place: () => RolloutPlace): void {
  test('puts each on with a part of its weight, and all of it in the end', { timeout }, async () => {
    const { nacos, registry, token } = place();
    const fleet = await threeOf('warmed', place());
    const full = (await fleet.listed(registry))[0]?.weight ?? 0;
    const before = await everyList(nacos, 'warmed', token);
    const { code, events, stderr } = await roll(place(), fleet, '--warm-up', '4s', '--soak', '2s');
    expect(code, stderr).toBe(0);
    const types = ['disabled', 'enabled', 'warm-up-passed', 'soak-passed'] as const;
    expect(shortly(events, [...types, 'changed', 'weight-overridden', 'step-failed'])).toEqual(
      [...fleet.names].sort().flatMap((name) => types.map((type) => `${type} ${name}`)),
    );
    const [first] = [...fleet.names].sort();
    const shown = events.flatMap((event) =>
      event.type === 'read-back' && event.target === first && event.enabled ? [event.weight] : [],
    );
    expect(shown).toEqual([full / 10, full / 2, full]);
    await fleet.listed(registry);
    expect(await everyList(nacos, 'warmed', token)).toEqual(before);
  });
}
