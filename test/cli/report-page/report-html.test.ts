import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replay } from '../../../src/core/apply/apply.ts';
import type { Launcher } from '../../../src/runner/ports/face-ports.ts';
import { writeText } from '../../../src/wiring/text-files.ts';
import { evidenceRollout } from '../../support/evidence-rollout.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { allOf } from '../support/journaled.ts';
import { type Stage, setStage } from '../support/stage.ts';

/** A program with one rollout in its history. */
function stageWithHistory(): Stage {
  const stage = setStage();
  const events = evidenceRollout();
  const rollout = replay(events);
  if (rollout === undefined) throw new Error('no rollout');
  const open = { id: '7f3a', directory: '/s/7f3a', rollout, isRunning: false };
  const read: Launcher['read'] = async (id) =>
    id === '7f3a' ? { ok: true, open, events } : { ok: false, problem: { kind: 'no-such-rollout', id } };
  stage.ports = { ...stage.ports, launcher: { ...stage.ports.launcher, all: allOf(open), read } };
  return stage;
}

test('the page goes to standard output, in the language of the command', async () => {
  const stage = stageWithHistory();
  const { code, out, err } = await stage.run('report', '7f3a', '--html');
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^<!doctype html>\n<html lang="en">[^]*<\/html>\n$/);
  const chinese = await stage.run('report', '--html', '--lang', 'zh-CN');
  expect(chinese.out).toContain('<html lang="zh-CN">');
  expect(chinese.out).toContain('判定不再有调用');
});

test('or into a file, and says so', async () => {
  const stage = stageWithHistory();
  const { code, out, err } = await stage.run('report', '7f3a', '--html', 'page.html');
  expect([code, out, err]).toEqual([0, '', 'The page is in page.html.\n']);
  expect(stage.written.get('page.html')).toMatch(/^<!doctype html>/);
});

test.each([
  [['--html', '7f3a'], '--html 7f3a is not right: write a new file that ends in .html, after the ID'],
  [['--html', '--format', 'json'], '--html and --format cannot be given together.'],
])('refuses %j in one sentence, and writes nothing', async (words, sentence) => {
  const stage = stageWithHistory();
  const { code, out, err } = await stage.run('report', ...words);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(sentence);
  expect(stage.written.size).toBe(0);
});

test('a file that is there already is left as it is', async () => {
  const stage = stageWithHistory();
  const path = join(newDirectory('page'), 'page.html');
  writeFileSync(path, 'mine');
  stage.ports = { ...stage.ports, writeText };
  const { code, err } = await stage.run('report', '--html', path);
  expect([code, err]).toEqual([2, `${path} is there already and was left as it is: name another file.\n`]);
  expect(readFileSync(path, 'utf8')).toBe('mine');
  const missing = join(path, 'page.html');
  expect((await stage.run('report', '--html', missing)).err).toContain(
    'cannot be written (its directory is not there)',
  );
});
