import { expect, test } from 'vitest';
import type { Registry } from '../../../src/world/registry.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';

const silentMs = 12_000;

test('what was counted before a long silence is counted again before anything is written', async () => {
  const { run, place } = plainPlace(plainScenario(1));
  const registry = place.world.registry as { -readonly [Name in keyof Registry]: Registry[Name] };
  const { instances } = registry;
  const rollout = run();
  const isCounted = (): boolean => rollout.events.some(({ type }) => type === 'forecast');
  registry.instances = async (id, options) =>
    isCounted() && place.clock.monotonic() < silentMs
      ? { ok: false, error: { kind: 'unreachable', addresses: [], detail: '' } }
      : instances(id, options);
  await rollout.until(isCounted);
  // Meanwhile the only other one goes.
  for (const slot of place.bystanders.flatMap(({ slots }) => slots)) place.truth.deregister(slot);
  await rollout.untilStuck();
  expect(place.clock.monotonic()).toBeGreaterThanOrEqual(silentMs);
  const refused = rollout.events.filter(({ type }) => type === 'step-failed');
  expect(refused).toMatchObject([{ step: 'disable', why: { refusals: [{ kind: 'last-one' }] } }]);
  expect(rollout.events.map(({ type }) => type)).not.toContain('write-began');
});
