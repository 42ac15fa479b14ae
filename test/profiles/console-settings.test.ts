import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConsoleSettings, readConsoleSettings } from '../../src/profiles/console-settings.ts';
import { newDirectory } from '../support/new-directory.ts';

test('there need be no file, and no directory', () => {
  expect(readConsoleSettings(undefined)).toMatchObject({ ok: true, settings: {} });
  expect(readConsoleSettings(join(newDirectory('console'), 'none'))).toMatchObject({
    ok: true,
    settings: {},
  });
});

test('a theme, and a key or several', () => {
  const directory = newDirectory('console');
  const settings = { theme: 'light', keys: { rollout: { pause: 'P', 'extend-drain': ['e', '='] } } };
  writeFileSync(join(directory, 'console.json'), JSON.stringify(settings));
  expect(readConsoleSettings(directory)).toMatchObject({ ok: true, settings });
});

test.each([
  ['{', 'it is not JSON'],
  ['{ "them": "dark" }', 'there is no key them'],
  ['{ "theme": "pink" }', 'theme: write terminal or dark or light or color-blind or mono'],
  ['{ "alert": "horn" }', 'alert: write bell or osc9 or osc777'],
  ['{ "keys": { "rollout": { "pause": [] } } }', 'keys.rollout.pause'],
  ['[]', 'it is no object'],
])('%s is refused in one line', (text, detail) => {
  const parsed = parseConsoleSettings(text);
  expect(parsed.ok ? '' : parsed.detail).toContain(detail);
});
