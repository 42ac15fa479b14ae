import { rehearse, start } from '../../src/tui/keys/availability.ts';
import { expect, test } from 'vitest';
import { virtualClock } from '../support/time/virtual-clock.ts';
import { footer } from '../../src/tui/components/footer.ts';
import { lineText } from '../../src/tui/draw/line.ts';
import { hints } from '../../src/tui/keys/hints.ts';
import { commandsAt, commandsOf, keymap } from '../../src/tui/keys/keymap.ts';
import { type Model, firstModel } from '../../src/tui/model/model.ts';
import { drawContextFor } from '../../src/tui/components/draw-context.ts';
import type { PlaceName } from '../../src/tui/model/place.ts';
import { helpRows } from '../../src/tui/screens/help.ts';
import { wordsIn } from '../../src/tui/draw/words.ts';

const places = Object.keys(keymap) as PlaceName[];
const setting = { language: 'en', isUtf8: true, hasColor: false, isSandbox: false } as const;
const now = { monotonicMs: virtualClock().monotonic(), wallMs: 0 };
const profiles = firstModel(setting, { columns: 80, rows: 24 }, now, { name: 'profiles', cursor: 0 });

test.each(places)('no key stands twice on %s', (place) => {
  const keys = commandsOf(place).flatMap((command) => command.keys);
  expect(keys).toEqual([...new Set(keys)]);
});

test.each(places)('Ctrl-C works on %s', (place) => {
  expect(commandsOf(place).find(({ keys }) => keys.includes('ctrl-c'))?.name).toBe('interrupt');
});

test.each(['en', 'zh-CN'] as const)('every command has a short and a long word in %s', (language) => {
  const { names } = wordsIn(language).commands;
  for (const place of places)
    for (const { name } of commandsOf(place)) {
      expect(names[name][0], name).not.toBe('');
      expect(names[name][1], name).not.toBe('');
    }
});

test('the answer to a question is another key than any that asks it', () => {
  const asking = ['offer', 'profiles', 'review', 'rollouts', 'doctor', 'rollout'] as const;
  const yes = keymap.confirm.find(({ name }) => name === 'yes')?.keys ?? [];
  for (const place of asking) {
    // To copy asks nothing.
    const used = commandsOf(place).flatMap(({ name, keys }) => (name === 'copy' ? [] : keys));
    for (const key of yes) expect(used).not.toContain(key);
  }
  expect(yes).not.toContain('enter');
});

test('enter decides nothing on a screen that acts on Nacos', () => {
  for (const place of ['doctor', 'offer', 'review', 'rollout', 'confirm', 'abort', 'quit'] as const)
    expect(commandsOf(place).find(({ keys }) => keys.includes('enter'))).toBeUndefined();
});

test('esc never quits', () => {
  for (const place of places)
    expect(commandsOf(place).find(({ keys }) => keys.includes('esc'))?.name ?? 'back').toMatch(
      /^(back|leave)$/,
    );
});

test('the help has every key of the screen, the footer those that do something now', () => {
  const words = wordsIn('en');
  const rows = helpRows(profiles, words);
  expect(rows.map(({ name }) => name)).toEqual(commandsAt(profiles, 'profiles').map(({ name }) => name));
  expect(rows.find(({ name }) => name === 'choose')?.off).toBe('nothing-here');
  expect(hints(profiles).map(({ name }) => name)).toEqual(['make-profile', 'sandbox', 'rollouts', 'palette']);
  expect(lineText(footer(profiles, drawContextFor(profiles, 20))).trim()).toBe(
    'n new  s sandbox  L rollouts  : commands  q quit  ? all keys',
  );
});

test('what somebody rolls now may be rehearsed, and not started', () => {
  const finding = { level: 'refused', kind: 'locked', service: 'orders', id: '7f3a0001', by: 'b', since: '' };
  const model = { reviewed: { review: { findings: [finding] } } } as unknown as Model;
  expect(rehearse(model)).toBeUndefined();
  expect(start(model)).toBe('review-refused');
});
