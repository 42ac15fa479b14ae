import { expect, test } from 'vitest';
import { findings } from './findings.ts';
import { fuzz, tried } from './fuzz.ts';
import { targets } from './targets.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 1e9));

test.each(findings)('$target, which found $was', async ({ target: name, input }) => {
  const target = targets.find((one) => one.name === name);
  if (target === undefined) throw new Error(`nothing is called ${name}`);
  await tried(target, input);
});

test.each(targets)(`$name, from seed ${seed}`, async (target) => {
  for (const input of target.seeds) await tried(target, input);
  const { executions, finding } = await fuzz(target, { seed, count: 2_000, ms: 300 });
  expect(executions).toBeGreaterThan(0);
  expect(finding).toBeUndefined();
});
