import { expect, test } from 'vitest';
import { heldAfterMs } from '../../src/keyboard/terminal-input.ts';
import { front, screenNamed, screenOf } from '../../src/tui/model/navigation.ts';
import { atServices } from './support/at-services.ts';
import { openConsole } from './support/open-console.ts';
import { toReview } from './support/to-review.ts';

test('a key that does nothing says so, until the next good key or for some seconds', async () => {
  const opened = openConsole();
  await opened.sees('prod-sh');
  await opened.press('z');
  await opened.sees('z does nothing here: ? shows the keys.');
  await opened.press('j');
  expect(opened.screen()).not.toContain('does nothing here');
  await opened.press('esc');
  await opened.sees('esc does nothing here');
  for (const _ of [1, 2, 3, 4]) await opened.second();
  expect(opened.screen()).toContain('esc does nothing here');
  await opened.second();
  expect(opened.screen()).not.toContain('does nothing here');
  await opened.press('x', 'z');
  await opened.sees('z does nothing here.');
  expect(front(opened.store.model()).name).toBe('confirm');
});

test('a key that a field does not know says so too, and what is typed takes it away', async () => {
  const opened = await atServices();
  await opened.press('/');
  await opened.press('up');
  await opened.sees('↑ does nothing here.');
  await opened.type('o');
  expect(opened.screen()).not.toContain('does nothing here');
});

test.each([
  ['\x06', '\x02'],
  ['\x04', '\x15'],
])('the keys of a pager move by the page in a list, too', async (forward, back) => {
  const opened = await atServices();
  const cursor = (): unknown => screenNamed(opened.store.model(), 'services')?.cursor;
  await opened.press(forward);
  expect(cursor()).toBe(2);
  await opened.press(back);
  expect(cursor()).toBe(0);
});

test('why a key is off now is read once', async () => {
  const opened = await atServices();
  await opened.press('R');
  await opened.sees('Nothing is chosen yet');
  for (const _ of [1, 2, 3, 4, 5]) await opened.second();
  expect(opened.screen()).not.toContain('Nothing is chosen yet');
});

test('a paste outside a field presses no key', async () => {
  const opened = openConsole();
  await opened.sees('prod-sh');
  await opened.paste('qx\ny');
  await opened.sees('A paste does not press keys here');
  expect(opened.ends).toEqual([]);
  expect(front(opened.store.model()).name).toBe('profiles');
});

test('keys that arrive together over a slow line are keys, in their order', async () => {
  const opened = openConsole();
  await opened.sees('prod-sh');
  await opened.press('j\r');
  await opened.sees('Services 3 of 3');
  expect(opened.store.model().connection?.spec.profile).toBe('staging');
});

test('a paste without brackets presses no key either, but is text in a field', async () => {
  const opened = openConsole();
  await opened.sees('prod-sh');
  await opened.press('nSqxy');
  await opened.sees('A paste does not press keys here');
  await opened.press('\r');
  await opened.sees('orders');
  await opened.press('/', 'orders\r');
  await opened.sees('Services 2 of 3');
  expect(front(opened.store.model()).name).toBe('services');
});

test('a paste without brackets is one, whatever sequences are among its letters', async () => {
  const opened = openConsole();
  await opened.sees('prod-sh');
  await opened.press('nS\x1b[1mqx\x1b[0my');
  await opened.sees('A paste does not press keys here');
  expect(opened.ports.asked).toEqual([]);
  expect(front(opened.store.model()).name).toBe('profiles');
});

test('a report of the terminal presses no key, and one that does not end is said', async () => {
  const opened = openConsole();
  await opened.sees('prod-sh');
  opened.send('\x1b[M Gq\x1b[<0;39;8M\x1b]11;rgb:q');
  await opened.clock.advance(heldAfterMs);
  await opened.sees('The terminal has begun to report');
  opened.send('\x03');
  await opened.press('j', 'enter');
  await opened.sees('Services 3 of 3');
  expect(opened.ends).toEqual([]);
  expect(opened.store.model().connection?.spec.profile).toBe('staging');
});

test('a paste into a field is text, on one line', async () => {
  const opened = await atServices();
  await opened.press('/');
  await opened.paste('DUB\nBO');
  await opened.sees('Services 1 of 3');
  await opened.press('backspace');
  expect(opened.screen()).toContain('/ filter: DUBB');
});

test('the filter takes words and conditions, of which all must be true', async () => {
  const opened = await atServices();
  await opened.press('/');
  await opened.type('orders group=dubbo*');
  await opened.sees('Services 1 of 3');
});

test('the filter lets through what contains it, ! turns it round, esc clears it before it goes back', async () => {
  const opened = await atServices();
  await opened.press('/');
  await opened.type('!orders');
  await opened.press('enter');
  await opened.sees('Services 1 of 3');
  await opened.press('esc');
  await opened.sees('Services 3 of 3');
  await opened.press('esc');
  await opened.sees('Profiles 2');
  await opened.press('esc');
  expect(opened.ends).toEqual([]);
});

test('rolls marked services together', async () => {
  const opened = await atServices();
  await opened.press('R');
  await opened.sees('Nothing is chosen yet');
  await opened.press('space', 'down', 'space', 'R');
  await opened.sees('10.0.0.21:9090');
  expect(opened.screen()).toContain('orders, shop');
  const order = () => opened.store.model().draft?.order.map(({ ip }) => ip);
  // Whoever is on is chosen already; what is off is not.
  expect(order()).toEqual(['10.0.0.11', '10.0.0.12', '10.0.0.13', '10.0.0.21']);
  await opened.press('a');
  await opened.second();
  expect(order()).toEqual([]);
});

test('makes a profile, and removes one only after another key', async () => {
  const opened = openConsole();
  await opened.sees('prod-sh');
  await opened.press('n', 'enter');
  await opened.type('new-one');
  await opened.press('enter', 'S');
  await opened.sees('Profiles 3');
  expect(opened.ports.asked).toEqual([{ save: 'new-one' }]);
  await opened.press('x', 'esc', 'x', 'y');
  await opened.sees('The profile is removed');
  expect(opened.ports.asked).toEqual([{ save: 'new-one' }, { remove: 'prod-sh' }]);
});

test('tests a profile without going further', async () => {
  const opened = openConsole();
  await opened.sees('prod-sh');
  await opened.press('t');
  await opened.sees('✓ nacos 2.2.4, dialect v1');
  expect(opened.screen()).toContain('✓ may write to');
  expect(screenOf(opened.store.model()).name).toBe('profiles');
});

test('instances are read again each second or two, and a wrong setting is refused', async () => {
  const opened = await atServices();
  await opened.press('enter');
  await opened.sees('10.0.0.12:8080');
  opened.ports.instances.list = opened.ports.instances.list.map((each) => ({
    ...each,
    enabled: each.port !== 8080,
  }));
  await opened.second();
  await opened.second();
  await opened.sees('○ off');
  await opened.press('space', 'enter', 'down', 'enter', 'backspace', 'enter');
  await opened.sees('A time limit is written');
});

test('goes to another namespace', async () => {
  const opened = await atServices();
  await opened.press('n');
  await opened.sees('dev');
  await opened.press('down', 'enter');
  await opened.sees('No services in this namespace');
  expect(opened.screen()).toContain('namespace dev');
});

test('a form that is higher than the window says how many of its fields are not shown, and scrolls to them', async () => {
  const opened = openConsole();
  await opened.sees('prod-sh');
  await opened.press('e');
  await opened.sees('Profile prod-sh');
  expect(opened.screen()).toMatch(/… \d more/);
  expect(opened.screen()).not.toContain('client key');
  await opened.press(...Array.from({ length: 17 }, () => 'down'));
  await opened.sees('client key');
});

test('the foot of a field names the key that empties it', async () => {
  const opened = openConsole();
  await toReview(opened);
  await opened.press('esc', 'j', 'j', 'enter');
  expect(opened.screen()).toContain('Ctrl-U empty');
  await opened.press('left', 'ctrl-u');
  await opened.type('7s');
  await opened.press('enter');
  expect(opened.screen()).toMatch(/drain +7s/);
});
