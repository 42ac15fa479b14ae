import { expect, test } from 'vitest';
import { lineText } from '../../../src/tui/draw/line.ts';
import { front } from '../../../src/tui/model/navigation.ts';
import { frame } from '../../../src/tui/screens/frame.ts';
import { atInstances } from '../support/at-instances.ts';
import { type OpenedRollout, deployFailed, first, openRollout } from '../support/open-rollout.ts';

const path = '/state/7f3a/deploy-1/output.log';

async function openOutput(text: string): Promise<OpenedRollout> {
  const opened = await openRollout({ prepare: (ports) => (ports.tail = text) });
  deployFailed(opened.link, first);
  await opened.second();
  await opened.second();
  await opened.press('l');
  opened.store.dispatch({ type: 'tail-read', path, text });
  return opened;
}

const long = Array.from({ length: 200 }, (_, at) => (at % 50 === 7 ? `line ${at} ERROR here` : `line ${at}`));

test('finds in output whatever its case, n goes on, N back, and round', async () => {
  const opened = await openOutput(long.join('\n'));
  await opened.press('g', '/');
  await opened.type('error');
  await opened.press('enter');
  expect(opened.screen()).toContain('/error  1 of 4');
  expect(opened.screen()).toContain('line 7 ERROR');
  await opened.press('n');
  expect(opened.screen()).toContain('line 57 ERROR');
  await opened.press('n', 'n', 'n');
  expect(opened.screen()).toContain('/error  1 of 4');
  await opened.press('N');
  expect(opened.screen()).toContain('line 157 ERROR');
  const found = frame(opened.store.model())
    .flat()
    .filter((part) => part.isInverse === true);
  expect(found.map(({ text }) => text)).toEqual(['ERROR']);
});

test('goes on from where one has scrolled to', async () => {
  const opened = await openOutput(long.join('\n'));
  await opened.press('g', '/');
  await opened.type('error');
  await opened.press('enter', 'end', 'N');
  expect(opened.screen()).toContain('line 157 ERROR');
});

test('says what is nowhere, and what was not looked for', async () => {
  const opened = await openOutput(long.join('\n'));
  await opened.press('n');
  await opened.sees('Nothing was looked for yet');
  await opened.press('/');
  await opened.type('nobody');
  await opened.press('enter');
  await opened.sees('Nowhere here: nobody');
  expect(front(opened.store.model()).name).toBe('log');
});

test('finds what is broken at the edge of the window', async () => {
  const opened = await openOutput(`${'x'.repeat(70)} 10.0.0.13:8080\n${'y\n'.repeat(100)}`);
  await opened.press('/');
  await opened.type('10.0.0.13:8080');
  await opened.press('enter');
  expect(opened.screen()).toContain('1 of 1');
});

test('what is typed stands under what is read, and esc leaves both as they were', async () => {
  const opened = await openOutput(long.join('\n'));
  await opened.press('g');
  const before = opened.screen().split('\n');
  await opened.press('/');
  await opened.type('li');
  const lines = opened.screen().split('\n');
  expect(lines).toHaveLength(23);
  expect(lines.slice(3, 15)).toEqual(before.slice(3, 15));
  expect(lines.at(-3)).toContain('/ li');
  await opened.press('esc');
  expect(opened.screen().split('\n')).toEqual(before);
});

test('finds in the help and in the requests', async () => {
  const opened = await atInstances();
  await opened.press('?', '/');
  await opened.type('metadata');
  await opened.press('enter');
  expect(opened.screen()).toContain('/metadata  1 of 1');
  opened.store.dispatch({ type: 'requests-listed', lines: ['curl a', 'curl b'] });
  await opened.press('/');
  await opened.type('curl b');
  await opened.press('enter');
  expect(opened.screen()).toContain('/curl b  1 of 1');
});

test.each(['enter', 'esc', 'q', '?'])('%s closes what is read', async (key) => {
  const opened = await atInstances();
  await opened.press('?', key);
  expect(front(opened.store.model()).name).toBe('instances');
  expect(opened.ends).toEqual([]);
});

test.each(['esc', 'n', 'q'])('%s closes a question and does nothing, enter leaves it', async (key) => {
  const opened = await openRollout();
  await opened.press('A', 'enter');
  expect(front(opened.store.model()).name).toBe('abort');
  await opened.press(key);
  expect(front(opened.store.model()).name).toBe('rollout');
  expect(opened.link.orders).toEqual([]);
  expect(opened.ends).toEqual([]);
});

test('the next step is in the footer before anything is chosen, and after', async () => {
  const opened = await atInstances();
  const footer = (): string => frame(opened.store.model()).map(lineText).at(-1) ?? '';
  expect(footer()).toMatch(/^ space mark, then enter how {2}/);
  await opened.press('space');
  expect(footer()).toMatch(/^ enter how {2}/);
});
