import { describe, expect, test } from 'vitest';
import { parseOptions } from './options.ts';

test('without words everything is measured once', () => {
  expect(parseOptions([])).toMatchObject({
    methods: ['restart', 'script-3s', 'script-40s', 'ours-timer', 'ours-actuator', 'ours-connections'],
    gateways: ['stock', 'nocache', 'cache60'],
    runs: 1,
    rate: 50,
  });
});

test('some of it, in the order of the list', () => {
  const words = [
    '--methods',
    'ours-timer,restart',
    '--gateways',
    'cache60',
    '--runs',
    '5',
    '--out',
    'a.json',
    '--add',
  ];
  expect(parseOptions(words)).toMatchObject({
    methods: ['restart', 'ours-timer'],
    gateways: ['cache60'],
    runs: 5,
    out: 'a.json',
    isAdding: true,
    isDrawing: false,
  });
});

describe('what is wrong is said in one sentence', () => {
  test.each([
    [['--methods', 'script-5s'], "--methods: 'script-5s' is none of restart, script-3s"],
    [['--gateways', ''], "--gateways: '' is none of stock, nocache, cache60"],
    [['--runs', '0'], "--runs: '0' is no number"],
    [['--rate', '1e3'], "--rate: '1e3' is no number"],
    [['--out', 'a.txt'], "--out: 'a.txt' does not end in .json"],
    [['--fast'], "Unknown option '--fast'"],
    [['stock'], "Unexpected argument 'stock'"],
  ])('%j', (words, sentence) => {
    expect(parseOptions(words)).toContain(sentence);
  });
});
