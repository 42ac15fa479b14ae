import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const keepLean = join(import.meta.dirname, '../../src/wiring/keep-lean.ts');

/** Reads as many pages as a long list has, and says how large the space for what is young has become, in MB. */
const reads = `
  import { getHeapSpaceStatistics } from 'node:v8';
  const host = { ip: '10.0.0.1', port: 8080, weight: 1, healthy: true, enabled: true, metadata: { zone: 'a' } };
  const page = JSON.stringify(Array.from({ length: 1_000 }, () => host));
  const held = [];
  for (let pageNo = 0; pageNo < 200; pageNo += 1) {
    held[pageNo % 8] = JSON.parse(page);
    await new Promise(setImmediate);
  }
  const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
  console.log(young.space_size / 2 ** 20);
`;

function youngMegabytes(before: string): number {
  return Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', before + reads], { encoding: 'utf8' }),
  );
}

test('what is young stays small while a long list is read', () => {
  const lean = youngMegabytes(`import { keepLean } from '${keepLean}'; keepLean();`);
  expect(lean).toBeLessThanOrEqual(4);
  // It is what keeps it small.
  expect(youngMegabytes('')).toBeGreaterThan(2 * lean);
});
