import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const keepLean = join(import.meta.dirname, '../../src/wiring/keep-lean.ts');

/** Reads as many pages as a long list has, and says how large the spaces for what is young and old became, in MB. */
const reads = `
  import { getHeapSpaceStatistics } from 'node:v8';
  const host = { ip: '10.0.0.1', port: 8080, weight: 1, healthy: true, enabled: true, metadata: { zone: 'a' } };
  const page = JSON.stringify(Array.from({ length: 1_000 }, () => host));
  const held = [];
  const megabytes = (name) =>
    getHeapSpaceStatistics().find((space) => space.space_name === name).space_size / 2 ** 20;
  let old = 0;
  for (let pageNo = 0; pageNo < 1_200; pageNo += 1) {
    held[pageNo % 200] = JSON.parse(page);
    await new Promise(setImmediate);
    old = Math.max(old, megabytes('old_space'));
  }
  console.log(JSON.stringify({ young: megabytes('new_space'), old }));
`;

function megabytesAfter(before: string): { readonly young: number; readonly old: number } {
  const words = ['--input-type=module', '-e', before + reads];
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) as ReturnType<
    typeof megabytesAfter
  >;
}

test('what is young and what is old stay small while a long list is read', () => {
  const lean = megabytesAfter(`import { keepLean } from '${keepLean}'; keepLean();`);
  const plain = megabytesAfter('');
  const youngOnly = megabytesAfter(
    `import v8 from 'node:v8'; v8.setFlagsFromString('--semi-space-growth-factor=1');`,
  );
  expect(lean.young).toBeLessThanOrEqual(4);
  // It is what keeps it small.
  expect(plain.young).toBeGreaterThan(2 * lean.young);
  expect(youngOnly.old).toBeGreaterThan(1.5 * lean.old);
});
