import { expect, test } from 'vitest';
import { lineText, line } from '../../src/tui/draw/line.ts';
import { scrolled } from '../../src/tui/components/scroll.ts';
import { wordsIn } from '../../src/tui/draw/words.ts';
import type { Model } from '../../src/tui/model/model.ts';
import { frame } from '../../src/tui/screens/frame.ts';
import { moved } from '../../src/tui/update/acts/move.ts';
import { atServices } from './support/at-services.ts';
import { openConsole } from './support/open-console.ts';
import { deployFailed, disabledAndDraining, first, openRollout } from './support/open-rollout.ts';

const lines = Array.from({ length: 10 }, (_, index) => line(`line ${index + 1}`));

function shown(from: number, height: number): readonly string[] {
  return scrolled(lines, from, height, wordsIn('en')).map((each) => lineText(each).trim());
}

test('counts what is hidden, and hides nothing that fits', () => {
  expect(shown(0, 10)).toEqual(lines.map(lineText));
  expect(shown(0, 4)).toEqual(['line 1', 'line 2', 'line 3', '… 7 more']);
  expect(shown(2, 4)).toEqual(['… 3 above', 'line 4', 'line 5', '… 5 more']);
  expect(shown(Infinity, 4)).toEqual(['… 7 above', 'line 8', 'line 9', 'line 10']);
});

test.each(['en', 'zh-CN'] as const)('scrolls the help to its last key at 60×20 in %s', async (language) => {
  const opened = await openRollout({ language, size: { columns: 60, rows: 20 } });
  await opened.press('?');
  const more = language === 'en' ? /… \d+ more/ : /… 还有 \d+ 项/;
  expect(opened.screen()).toMatch(more);
  expect(opened.screen()).not.toContain('Ctrl-C');
  await opened.press('j', 'space', 'space', 'space', 'space', 'space');
  expect(opened.screen()).toContain('Ctrl-C');
  expect(opened.screen()).not.toMatch(more);
});

test('moves to the last line above a notice of several lines', async () => {
  const opened = openConsole({ size: { columns: 60, rows: 20 } });
  await opened.sees('prod-sh');
  await opened.press('?');
  const problem = { kind: 'sentence', sentence: 'no answer '.repeat(30) } as const;
  const said: Model = { ...opened.store.model(), notice: { kind: 'problem', problem } };
  const text = frame(moved(said, 'last')).map(lineText).join('\n');
  expect(text).toContain('no answer');
  expect(text).toContain('Ctrl-C');
  expect(text).not.toMatch(/… \d+ more/);
});

test('says whole why a key does nothing now', async () => {
  const opened = await atServices({ size: { columns: 60, rows: 50 } });
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  await opened.press('?');
  const text = opened.screen().replaceAll(/\s+/g, ' ');
  expect(text).toContain('(not now: Nothing is chosen yet: press space on what to roll.)');
});

test('shows the end of the output while it grows, and earlier lines on request', async () => {
  const long = Array.from({ length: 60 }, (_, index) => `step ${index + 1}\n`).join('');
  const opened = await openRollout({ prepare: (ports) => (ports.tail = long) });
  deployFailed(opened.link, first);
  await opened.press('l');
  await opened.sees('step 60');
  await opened.press('page-up');
  opened.ports.tail = `${long}step 61\n`;
  await opened.second();
  expect(opened.screen()).not.toContain('step 61');
  await opened.press('g');
  expect(opened.screen()).toContain('/state/7f3a/deploy-1/output.log');
  await opened.press('end');
  await opened.sees('step 61');
});

test('has the output of a target after the end, and that of the command that runs on the screen itself', async () => {
  const opened = await openRollout({ prepare: (ports) => (ports.tail = 'copying\nrestarting\n') });
  disabledAndDraining(opened.link, first);
  opened.link.say({ type: 'drain-ended', target: first, attempt: 1, ms: 40_000 });
  opened.link.say({
    type: 'deploy-began',
    target: first,
    attempt: 1,
    command: './redeploy.sh',
    directory: 'deploy/1-1',
  });
  await opened.second();
  await opened.sees('│ restarting');
  opened.link.say({
    type: 'deploy-ended',
    target: first,
    attempt: 1,
    ms: 12_000,
    result: { kind: 'exited', code: 1 },
  });
  opened.link.say({ type: 'abort-asked', how: 'leave', by: 'me' });
  opened.link.say({ type: 'rollout-ended', outcome: 'aborted', exitCode: 3 });
  await opened.press('l');
  await opened.sees('/state/7f3a/deploy/1-1/output.log');
  expect(opened.screen()).toContain('restarting');
});
