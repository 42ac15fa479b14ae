import { expect, test } from 'vitest';
import { commandsOf, keymap } from '../../../src/tui/keys/keymap.ts';
import { front, screenOf } from '../../../src/tui/model/navigation.ts';
import type { PlaceName } from '../../../src/tui/model/place.ts';
import { atInstances } from '../support/at-instances.ts';
import { openConsole } from '../support/open-console.ts';
import { deployFailed, disabledAndDraining, first, openRollout } from '../support/open-rollout.ts';
import { toReview } from '../support/to-review.ts';

test('finds a service by a part of its name, and opens it', async () => {
  const opened = await atInstances();
  await opened.press(':');
  await opened.type('serv');
  await opened.press('backspace', 'backspace', 'backspace', 'backspace');
  await opened.type('shp');
  expect(opened.screen()).toMatch(/▸ service +shop {2}DEFAULT_GROUP/);
  await opened.press('enter');
  await opened.sees('10.0.0.21:9090');
  expect(opened.store.model().draft?.services.map(({ service }) => service)).toEqual(['shop']);
  // It leads back to where it would have been chosen from.
  await opened.press('esc');
  expect(opened.screen()).toMatch(/▸ +shop/);
});

test('finds an instance of the screen behind, and points at it', async () => {
  const opened = await atInstances();
  await opened.press(':');
  await opened.type('.13');
  await opened.press('enter');
  expect(opened.screen()).toMatch(/▸ .*10\.0\.0\.13:8080/);
  expect(opened.store.model().places.map(({ name }) => name)).toEqual(['profiles', 'services', 'instances']);
});

test('finds another profile, and connects to it', async () => {
  const opened = await atInstances();
  await opened.press(':');
  await opened.type('stag');
  await opened.press('enter');
  await opened.sees('orders');
  expect(opened.ports.asked).toContainEqual(expect.objectContaining({ connect: 'staging' }));
  expect(opened.store.model().places.map(({ name }) => name)).toEqual(['profiles', 'services']);
});

test('does what a key does, with its question', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press(':');
  await opened.type('skip');
  expect(opened.screen()).toMatch(/▸ s +end this drain now/);
  await opened.press('enter');
  await opened.sees('End the drain now?');
  expect(opened.link.orders).toEqual([]);
  await opened.press('y');
  expect(opened.link.orders).toEqual([{ type: 'skip-drain', target: first }]);
});

test('says why one is off now, and stays', async () => {
  const opened = await openRollout();
  await opened.press(':');
  await opened.type('roll back');
  expect(opened.screen()).toMatch(/▸ b .*\(not now:\s+No target waits/);
  await opened.press('enter');
  expect(front(opened.store.model()).name).toBe('palette');
  deployFailed(opened.link, first);
  await opened.second();
  await opened.press('esc', ':');
  await opened.type('+10');
  await opened.press('enter');
  await opened.sees('No target is draining.');
});

test('leads nowhere else while a rollout of this console runs', async () => {
  const rollout = await openRollout();
  await rollout.press(':');
  await rollout.type('staging');
  await rollout.press('enter');
  await rollout.sees('d detaches');
  expect(screenOf(rollout.store.model()).name).toBe('rollout');
});

test('enter starts nothing for real, however it is called', async () => {
  const opened = openConsole();
  await toReview(opened);
  await opened.press(':');
  await opened.type('for real');
  expect(opened.screen()).toMatch(/▸ G +start for real/);
  await opened.press('enter');
  await opened.sees('Enter does not do that');
  expect(opened.ports.asked).not.toContainEqual(expect.objectContaining({ start: 'real' }));
});

test('a paused rollout goes on by its own key only', async () => {
  const opened = await openRollout();
  opened.link.say({ type: 'paused', by: 'ann@bastion', why: 'asked' });
  await opened.press(':');
  await opened.type('continue');
  await opened.press('enter');
  await opened.sees('Enter does not do that');
  expect(opened.link.orders).toEqual([]);
});

test('what is pasted with an enter is typed, and does nothing', async () => {
  const opened = await openRollout();
  await opened.press(':');
  opened.send('pause\r');
  await opened.clock.advance(0);
  expect(front(opened.store.model())).toMatchObject({ name: 'palette', field: { text: 'pause' } });
  expect(opened.link.orders).toEqual([]);
});

test('is there on every screen', () => {
  const screens = (Object.keys(keymap) as PlaceName[]).filter((place) =>
    commandsOf(place).some(({ name }) => name === 'help'),
  );
  expect(screens).toContain('connecting');
  for (const place of screens)
    expect([place, commandsOf(place).find(({ keys }) => keys.includes(':'))?.name]).toEqual([
      place,
      'palette',
    ]);
});

test('what is called so comes before a key whose sentence says so', async () => {
  const opened = await atInstances();
  await opened.press(':');
  await opened.type('ord');
  expect(opened.screen()).toMatch(/▸ instance +10\.0\.0\.11:8080 {2}orders/);
  expect(opened.screen()).toMatch(/J +one later in the order/);
});

test('knows that panes are there behind it, and goes to the next one', async () => {
  const opened = await atInstances({ size: { columns: 120, rows: 40 } });
  const paneBefore = screenOf(opened.store.model());
  await opened.press(':');
  await opened.type('to the next pane');
  expect(opened.screen()).not.toContain('larger window');
  await opened.press('enter');
  expect(screenOf(opened.store.model())).not.toEqual(paneBefore);
});

test('speaks the other language from then on, and back', async () => {
  const opened = await atInstances();
  await opened.press(':');
  await opened.type('language');
  await opened.press('enter');
  expect(opened.screen()).toContain('已选 0');
  await opened.press('ctrl-t');
  expect(opened.screen()).toContain('0 chosen');
});

test('what is told of after a change of the language is told in it', async () => {
  const opened = openConsole();
  await toReview(opened);
  await opened.press('ctrl-t');
  await opened.press('@');
  await opened.sees('# ');
  expect(opened.screen()).toMatch(/# [^\n]*[\u4e00-\u9fff]/);
});
