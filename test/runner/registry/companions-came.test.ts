import { expect, test } from 'vitest';
import { type PlainRun, plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { instance, registrationOf } from '../../simulation/scenario/scenario.ts';
import type { Target } from '../../../src/core/plan/plan.ts';
import type { SimulatedWorld } from '../../simulation/world/simulated-world.ts';

const provider = (name: string, host: number) => instance(`providers:${name}`, 'DUBBO_GROUP', host, 20_880);

/** Two targets with a provider each; a bystander keeps each service above its minimum. */
function placeWith(foundBy: Target['foundBy']): ReturnType<typeof plainPlace> {
  const scenario = plainScenario(2, (plan) => ({
    ...plan,
    targets: plan.targets.map((target, index) => ({
      ...target,
      registrations: [...target.registrations, registrationOf(provider('a', index + 1))],
      ...(foundBy && { foundBy }),
    })),
  }));
  const bystanders = [...scenario.bystanders, [provider('a', 99)], [provider('b', 99)]];
  return plainPlace({ ...scenario, bystanders });
}

function register(place: SimulatedWorld, name: string, host: number): void {
  const slot = place.truth.slotOf(provider(name, host));
  place.truth.register(slot, { weight: 5, metadata: {}, isHealthy: true });
}

const written = (run: PlainRun): readonly unknown[] =>
  run.events.flatMap((event) => (event.type === 'write-began' ? [event.target] : []));

test('what has come since the plan was made is named before the first write to its target', async () => {
  const { run, place } = placeWith([{ group: 'DUBBO_GROUP', service: 'providers:*' }]);
  const rollout = run();
  await rollout.untilEvent('drain-began');
  register(place, 'b', 2);
  await rollout.untilStuck();
  const came = ['DUBBO_GROUP@@providers:b 10.0.0.2:20880'];
  expect(await rollout.untilEvent('step-failed')).toMatchObject({
    target: '10.0.0.2:8080',
    step: 'disable',
    why: { kind: 'refused', refusals: [{ kind: 'companions-came', instance: '10.0.0.2:8080', came }] },
  });
  expect(written(rollout)).not.toContain('10.0.0.2:8080');
});

test('what has gone since is named with its service', async () => {
  const { run, place } = placeWith(['ip']);
  const rollout = run();
  await rollout.untilEvent('drain-began');
  place.truth.deregister(place.truth.slotOf(provider('a', 2)));
  await rollout.untilStuck();
  expect(await rollout.untilEvent('step-failed')).toMatchObject({
    why: {
      refusals: [{ kind: 'not-registered', instance: '10.0.0.2:20880 DUBBO_GROUP@@providers:a' }],
    },
  });
});

test('what the plan names by itself is not looked for again', async () => {
  const { run, place } = placeWith(undefined);
  const rollout = run();
  await rollout.untilEvent('drain-began');
  register(place, 'b', 2);
  expect(await rollout.end()).toBe(0);
});
