import { expect, test } from 'vitest';
import { commandTree } from '../../../src/cli/command-tree.ts';
import { complete } from '../../../src/cli/completion/complete.ts';
import type { NamesRequest, Offer } from '../../../src/cli/completion/names.ts';
import { help } from '../../../src/i18n/en/help.ts';

const { root } = commandTree(help, '1');
const asked: NamesRequest[] = [];
const nobody = async (): Promise<readonly Offer[]> => [];

async function offered(
  words: readonly string[],
  names: readonly string[] = [],
): Promise<{ kind: string; values: readonly string[] }> {
  const { kind, lines } = await complete(root, ['zsh', ...words], async (request) => {
    asked.push(request);
    return names.map((value) => ({ value, about: 'x' }));
  });
  return { kind, values: lines.map((line) => line.split('\t')[0] ?? '') };
}

test('commands, the commands under one, and flags', async () => {
  expect((await offered(['ins'])).values).toEqual(['instances']);
  expect((await offered([''])).values).toContain('doctor');
  expect((await offered(['profile', ''])).values).toContain('use');
  const flags = (await offered(['run', '--d'])).values;
  expect(flags).toEqual([
    '--drain',
    '--drain-ahead',
    '--deploy',
    '--deploy-timeout',
    '--deadline',
    '--dry-run',
    '--dialect',
  ]);
  expect((await offered(['run', ''])).values).toContain('--drain');
  expect((await offered(['plan', 'diff', '--'])).values).not.toContain('--drain');
  expect((await offered(['run', '--frob', 'x', ''])).values).toContain('--drain');
});

test.each([
  [['run', '--drain', 's'], 'words', ['spring-cloud']],
  [['run', '--drain=s'], 'words', ['--drain=spring-cloud']],
  [['run', '--order', 'm'], 'open', ['metadata:']],
  [['run', '-f', 'pl'], 'files', []],
  [['run', '--file=pl'], 'files', []],
  [['report', '--html', ''], 'files', []],
  [['report', '--html', '--f'], 'words', ['--format']],
  [['completion', ''], 'words', ['bash', 'zsh', 'fish']],
  [['schema', 'e'], 'words', ['event']],
  [['order', 's'], 'words', ['stop', 'skip-drain']],
  [['order', 'p'], 'words', ['pause', 'pass-gate', 'put-on']],
  [['order', 'retry-g'], 'words', ['retry-gate']],
  [['run', '--order', 't'], 'words', ['traffic']],
  [['profile', 'add', ''], 'words', []],
  [['run', '--wait-for-nothing=x'], 'words', []],
  [['services', '--', '-'], 'words', []],
])('after %j: %s', async (words, kind, values) => {
  expect(await offered(words)).toEqual({ kind, values });
});

test('a name that would be read as a flag is offered where no flag may come alone', async () => {
  const names = ['--override=orders', 'orders'];
  expect((await offered(['disable', ''], names)).values).toEqual(['orders']);
  expect((await offered(['disable', '--instance', ''], names)).values).toEqual(['orders']);
  expect((await offered(['disable', '--', ''], names)).values).toEqual(names);
});

test('names are asked of the Nacos that the line means, and of its service', async () => {
  asked.length = 0;
  const line = [
    '--server',
    'a',
    '--server=b',
    'disable',
    'orders',
    '--namespace',
    'x',
    '--namespace',
    'prod',
  ];
  const found = await offered([...line, '--instance', '10.0.0.1'], ['10.0.0.1:80', '10.0.0.2:80']);
  expect(found).toEqual({ kind: 'words', values: ['10.0.0.1:80'] });
  const flags = { server: ['a', 'b'], namespace: 'prod' };
  expect(asked).toEqual([{ kind: 'instances', flags, service: 'orders', rollout: undefined }]);
  await offered(['run', '--service', 'shop', '--exclude', '']);
  expect(asked[1]).toEqual({ kind: 'instances', flags: {}, service: 'shop', rollout: undefined });
  await offered(['order', 'retry', 'r1', '--target', '']);
  expect(asked[2]).toEqual({ kind: 'targets', flags: {}, service: undefined, rollout: 'r1' });
});

test('a name that nobody could see or type is not offered', async () => {
  const names = ['a\nb', 'a\u001b[2J', 'a\u202eb', 'a b', "a'$(x)"];
  expect((await offered(['instances', 'a'], names)).values).toEqual(['a b', "a'$(x)"]);
});

test('bash gets what it puts in place of the last part of a word', async () => {
  const ask = async (): Promise<readonly Offer[]> => [{ value: 'providers:a b', about: '' }];
  const line = 'nacos-rollout instances providers:a';
  const { lines } = await complete(root, ['bash', line, ' :'], ask);
  expect(lines).toEqual(['a\\ b']);
});

test('whatever the line is, it is an answer', async () => {
  for (const argv of [[], ['bash'], ['zsh'], ['fish', ''], ['bash', '', ''], ['csh', 'x']])
    expect((await complete(root, argv, nobody)).kind).toBe('words');
});
