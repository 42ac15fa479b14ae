import { expect, test } from 'vitest';
import keptSeeds from './seeds.json' with { type: 'json' };
import { simulate } from './simulate.ts';

const freshCount = Number(process.env['SIMULATION_COUNT'] ?? 200);

async function failuresOf(seeds: readonly number[]): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const seed of seeds) {
    const { broken } = await simulate(seed);
    if (broken.length > 0) failures.push(`npm run simulate -- --seed ${seed} --trace: ${broken.join('; ')}`);
  }
  return failures;
}

test('every seed that once found a bug', { timeout: 60_000 }, async () => {
  expect(await failuresOf(keptSeeds)).toEqual([]);
});

test(`${freshCount} fresh seeds`, { timeout: 120_000 }, async () => {
  const first = Number(process.env['SIMULATION_SEED'] ?? Math.floor(Math.random() * 1e9));
  console.log(`simulated from seed ${first}`);
  expect(await failuresOf(Array.from({ length: freshCount }, (_, index) => first + index))).toEqual([]);
});

test('the same seed is the same run', async () => {
  for (const seed of keptSeeds.slice(0, 5)) {
    const once = await simulate(seed, true);
    const twice = await simulate(seed, true);
    expect(once.trace.length).toBeGreaterThan(0);
    expect(twice.trace).toEqual(once.trace);
  }
});
