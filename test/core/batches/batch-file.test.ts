import { expect, test } from 'vitest';
import { batchFileSchema, batchText, parseBatch } from '../../../src/core/batches/batch-file.ts';

test.each([
  ['1', 1],
  ['1000', 1000],
  ['25%', '25%'],
  ['1,25%,100%', [1, '25%', '100%']],
  ['[1, 25%, 100%]', [1, '25%', '100%']],
  ['1, 5,50%', [1, 5, '50%']],
])('%j is a batch, and is written so', (text, batch) => {
  expect(parseBatch(text)).toEqual(batch);
  expect(parseBatch(batchText(batchFileSchema.parse(batch)))).toEqual(batch);
});

test.each([
  '',
  '0',
  '1001',
  '-1',
  '1.5',
  '0%',
  '101%',
  '%',
  'all',
  '1,',
  ',1',
  '5,1',
  '50%,25%',
  '1;2',
  '[1',
  '1,1',
])('%j is no batch', (text) => {
  expect(parseBatch(text)).toBeUndefined();
});
