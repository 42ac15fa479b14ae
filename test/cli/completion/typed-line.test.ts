import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { asTyped, typedLine } from '../../../src/cli/completion/typed-line.ts';

const breaks = ' \t\n"\'@><=;|&(:';

test.each([
  ['nacos-rollout ru', ['nacos-rollout'], 'ru', '', 0],
  ['nacos-rollout run ', ['nacos-rollout', 'run'], '', '', 0],
  ['A=1 B= nacos-rollout run ', ['nacos-rollout', 'run'], '', '', 0],
  ['nacos-rollout \'a b\' "c d" e\\ f g', ['nacos-rollout', 'a b', 'c d', 'e f'], 'g', '', 0],
  ["nacos-rollout ''  x", ['nacos-rollout', ''], 'x', '', 0],
  ['n x --instance 10.0.0.1:80', ['n', 'x', '--instance'], '10.0.0.1:80', '', 9],
  ['n x --instance 10.0.0.1:', ['n', 'x', '--instance'], '10.0.0.1:', '', 9],
  ['n x --service=ord', ['n', 'x'], '--service=ord', '', 10],
  ['n x DUBBO@@prov', ['n', 'x'], 'DUBBO@@prov', '', 6],
  ['n x a\\:b', ['n', 'x'], 'a:b', '', 0],
  ["n x 'a:b", ['n', 'x'], 'a:b', "'", 0],
  ["n x --service='a b", ['n', 'x'], '--service=a b', "'", 10],
  ['n x "a\\"b\\c', ['n', 'x'], 'a"b\\c', '"', 0],
  ['n $(touch x) y', ['n', '$(touch', 'x)'], 'y', '', 0],
  ['n x\\', ['n'], 'x', '', 0],
  ['', [], '', '', 0],
])('%j is split as bash splits it, and nothing of it is run', (line, words, current, quote, kept) => {
  expect(typedLine(line, breaks)).toEqual({ words, current, quote, kept });
});

test('what is offered is one word for a shell, the same word, whatever is in it and whichever quote is open', () => {
  const name = fc.oneof(fc.string({ unit: 'grapheme-ascii' }), fc.string({ unit: 'grapheme' }));
  const asking = fc.tuple(name, fc.constantFrom<'' | "'" | '"'>('', "'", '"'));
  const lines: string[] = [];
  const words: string[] = [];
  fc.assert(
    fc.property(asking, ([word, quote]) => {
      if (word === '' || /\p{C}/u.test(word)) return;
      words.push(word);
      lines.push(`printf '%s\\0' ${quote}${asTyped(word, { quote, kept: 0 })}${quote}`);
    }),
    { numRuns: 600 },
  );
  const { stdout, status } = spawnSync('bash', ['-c', lines.join('\n')], { encoding: 'utf8', cwd: '/' });
  expect(status).toBe(0);
  expect(stdout.split('\0').slice(0, -1)).toEqual(words);
});
