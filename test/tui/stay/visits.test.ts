import { expect, test } from 'vitest';
import { lineText } from '../../../src/tui/draw/line.ts';
import { frame } from '../../../src/tui/screens/frame.ts';
import { update } from '../../../src/tui/update/update.ts';
import { atServices } from '../support/at-services.ts';
import { type Opened } from '../support/open-console.ts';

/** At the services of the first profile, filtered and pointed at `shop`, one marked. */
async function atShop(): Promise<Opened> {
  const opened = await atServices();
  await opened.press('space', '/');
  await opened.type('o');
  await opened.press('enter', 'j');
  return opened;
}

test('a key goes back to the namespace before, as it was left, and there again', async () => {
  const opened = await atShop();
  const left = /▸[^\n]*/.exec(opened.screen())?.[0];
  await opened.press('n');
  await opened.sees('dev');
  await opened.press('down', 'enter');
  await opened.sees('No services in this namespace');
  await opened.press('-');
  expect(opened.screen()).toContain('namespace public');
  expect(/▸[^\n]*/.exec(opened.screen())?.[0]).toBe(left);
  expect(opened.screen()).toContain('filter: o');
  expect(opened.store.model().marks).toHaveLength(1);
  await opened.press('-');
  expect(opened.screen()).toContain('namespace dev');
});

test('what is kept is said to be old until it is read again', async () => {
  const opened = await atShop();
  await opened.press('n');
  await opened.sees('dev');
  await opened.press('down', 'enter');
  await opened.sees('No services in this namespace');
  const model = opened.store.model();
  const [kept, effects] = update(model, { type: 'key-pressed', press: { name: '-' }, now: model.now });
  expect(frame(kept).map(lineText).join('\n')).toMatch(/old: read/);
  expect(effects).toEqual([{ kind: 'read-services', namespace: 'public' }]);
  await opened.press('-');
  expect(opened.screen()).not.toContain('old:');
});

test('a key goes back to the profile before, which is asked anew, with its list as it was left', async () => {
  const opened = await atShop();
  const left = /▸[^\n]*/.exec(opened.screen())?.[0];
  await opened.press(':');
  await opened.type('stag');
  await opened.press('enter');
  await opened.sees('staging');
  await opened.press('-');
  await opened.sees('prod-sh');
  expect(/▸[^\n]*/.exec(opened.screen())?.[0]).toBe(left);
  expect(opened.store.model().places.map(({ name }) => name)).toEqual(['profiles', 'services']);
  await opened.press('-');
  await opened.sees('staging');
});

test('the palette lists where one was, and goes there', async () => {
  const opened = await atShop();
  await opened.press('n');
  await opened.sees('dev');
  await opened.press('down', 'enter');
  await opened.sees('No services in this namespace');
  await opened.press(':');
  await opened.type('sh public');
  expect(opened.screen()).toMatch(/▸ been at +prod-sh {2}public/);
  await opened.press('enter');
  expect(opened.screen()).toContain('namespace public');
});

test('nobody was anywhere before: it says so', async () => {
  const opened = await atServices();
  await opened.press('-');
  expect(opened.screen()).toContain('No other namespace or profile was shown before');
});
