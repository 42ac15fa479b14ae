import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';

const hourMs = 3_600_000;
/** A hundred bytes a look that stay would be four times as much. */
const growthMaxMb = 2;

function heapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

test('a runner that keeps an instance out for a day needs no more memory at its end', async () => {
  const { run, place } = plainPlace(
    plainScenario(2, (plan) => ({
      ...plan,
      targets: plan.targets.map((target) => ({ ...target, drain: { ms: 25 * hourMs } })),
    })),
  );
  const rollout = run();
  await rollout.untilEvent('drain-began');
  const beganMs = place.clock.monotonic();
  const after = async (hours: number): Promise<number> => {
    await rollout.until(() => place.clock.monotonic() - beganMs >= hours * hourMs, 25 * hourMs);
    return heapMb();
  };
  const early = await after(1);
  expect((await after(24)) - early).toBeLessThan(growthMaxMb);
  expect(rollout.outcome()).toBeUndefined();
});
