import { symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namedPipe } from '../../support/named-pipe.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { until } from '../../support/time/until.ts';
import { instance } from '../support/fake-registry.ts';
import { server, setStage } from '../support/stage.ts';

const good =
  'version: 1\ndefaults: { deploy: { run: "true" } }\nstages: [{ services: [{ service: orders }] }]\n';
const notText = 'it is no text in UTF-8: save it as UTF-8';
const noMapping =
  'line 1, column 1: it is no mapping of keys; a plan begins with version: 1 (nacos-rollout plan prints one)';
const aliases =
  'an alias (*name) in it names no anchor (&name), or they multiply; write out what they stand for';

function written(content: string | Buffer): string {
  const path = join(newDirectory('no-plan'), 'plan.yaml');
  writeFileSync(path, content);
  return path;
}

function loop(): string {
  const path = join(newDirectory('no-plan'), 'plan.yaml');
  symlinkSync(path, path);
  return path;
}

/** Ten aliases of ten aliases of …: 10^9 words. */
const bomb = [
  'a0: &a0 [x]',
  ...Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(10)}]`),
].join('\n');

async function answered(path: string, ...more: string[]): Promise<string> {
  const { code, out, err } = await setStage().run('plan', ...server, '--file', path, ...more);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  return err;
}

type Case = readonly [what: string, made: () => string, why: string];

test.for<Case>([
  ['a directory', () => newDirectory('no-plan'), 'it is a directory, and no file'],
  ['links in a circle', loop, 'ELOOP'],
  ['bytes', () => written(Buffer.from([0x80, 0xff, 0, 1])), notText],
  ['UTF-16', () => written(Buffer.from(`\ufeff${good}`, 'utf16le')), notText],
  ['UTF-16 without a mark', () => written(Buffer.from(good, 'utf16le')), notText],
  ['GBK', () => written(Buffer.from([...Buffer.from('version: 1 # '), 0xb6, 0xa9, 0xb5, 0xa5])), notText],
  ['a device', () => '/dev/zero', 'it is a device, and no file'],
  ['too much', () => written('x'.repeat(4_194_305)), 'it is longer than 4 MiB'],
])('%s instead of a plan file', async ([, made, why]) => {
  const path = made();
  expect(await answered(path)).toBe(`${path} cannot be read (${why}).\n`);
});

test.for([
  ['nothing', '', noMapping],
  ['a word', 'hello', noMapping],
  ['a list', '- orders', noMapping],
  [
    'JSON with comments',
    '// the plan\n{ "version": 1 }',
    'line 1, column 1: Implicit keys need to be on a single line',
  ],
  [
    'two documents',
    `${good}---\n${good}`,
    'line 4, column 1: it holds several documents, divided by ---; a plan is one',
  ],
  ['an alias of nothing', 'version: *one', `line 1, column 10: ${aliases}`],
  ['aliases that multiply', bomb, aliases],
  ['brackets without end', '['.repeat(20_000), 'it is nested too deep'],
] as const)('a plan file that holds %s', async ([, text, why]) => {
  const path = written(text);
  expect(await answered(path)).toBe(`The plan ${path} is not right: ${why}.\n`);
});

test('in Chinese', async () => {
  const path = written('version: *one');
  expect(await answered(path, '--lang', 'zh-CN')).toMatch(/^计划 .*有误：第 1 行第 10 列：其中的别名.*。\n$/);
});

test.for([
  ['a mark of UTF-8', `\ufeff${good}`],
  ['line ends of Windows', good.replaceAll('\n', '\r\n')],
  [
    'aliases',
    good.replace('run: "true"', 'run: &run "true"').replace('orders }', 'orders, rollback: { run: *run } }'),
  ],
] as const)('a plan file with %s is read', async ([, text]) => {
  const stage = setStage([instance('orders', '10.0.0.1', 8080)]);
  const { code, err } = await stage.run('plan', ...server, '--file', written(text), '--override', 'orders');
  expect({ code, err }).toMatchObject({ code: 0 });
});

test('a pipe that nobody writes into is given up after a minute', async () => {
  const path = namedPipe();
  const stage = setStage();
  const answer = stage.run('plan', ...server, '--file', path);
  await until(() => stage.clock.pendingCount > 0);
  await stage.clock.advance(60_000);
  expect(await answer).toEqual({
    code: 2,
    out: '',
    err: `${path} cannot be read (it did not end within 1 min).\n`,
  });
});

test('a plan comes out of a pipe', async () => {
  const path = namedPipe();
  const stage = setStage([instance('orders', '10.0.0.1', 8080)]);
  const answer = stage.run('plan', ...server, '--file', path, '--override', 'orders');
  await writeFile(path, good);
  expect(await answer).toMatchObject({ code: 0 });
});

test('a plan comes from standard input', async () => {
  const stage = setStage([instance('orders', '10.0.0.1', 8080)]);
  stage.piped = good;
  expect(await stage.run('plan', ...server, '-f', '-', '--override', 'orders')).toMatchObject({
    code: 0,
  });
});

test('what is wrong with standard input is said of it', async () => {
  const stage = setStage();
  stage.piped = 'hello';
  const { code, err } = await stage.run('plan', ...server, '-f', '-');
  expect({ code, err }).toEqual({
    code: 2,
    err: `The plan - (standard input) is not right: ${noMapping}.\n`,
  });
});

test('a terminal is not waited for', async () => {
  const stage = setStage();
  stage.isTerminal = true;
  const { code, err } = await stage.run('plan', ...server, '-f', '-');
  expect({ code, err }).toEqual({
    code: 2,
    err: '- (standard input) cannot be read (it is a terminal, and no file).\n',
  });
});
