import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wordsOf } from '../../src/i18n/words.ts';
import { ownSettings } from '../../src/wiring/console/own-settings.ts';
import { newDirectory } from '../support/new-directory.ts';

async function settingsOf(settings: object, env: Readonly<Record<string, string>> = {}) {
  const directory = newDirectory('console');
  mkdirSync(join(directory, 'nacos-rollout'));
  writeFileSync(join(directory, 'nacos-rollout', 'console.json'), JSON.stringify(settings));
  return ownSettings({ XDG_CONFIG_HOME: directory, ...env }, undefined, await wordsOf('en'));
}

test('the alert of the file holds, and that of the environment before it', async () => {
  expect(await settingsOf({})).toMatchObject({ ok: true, alert: undefined });
  expect(await settingsOf({ alert: 'bell' })).toMatchObject({ ok: true, alert: 'bell' });
  expect(await settingsOf({ alert: 'bell' }, { NACOS_ROLLOUT_ALERT: 'osc9' })).toMatchObject({
    alert: 'osc9',
  });
  expect(await settingsOf({ alert: 'bell' }, { NACOS_ROLLOUT_ALERT: '' })).toMatchObject({ alert: 'bell' });
});

test('a wrong alert is one sentence, with what would be right', async () => {
  const found = await settingsOf({}, { NACOS_ROLLOUT_ALERT: 'horn\x1b[2J' });
  expect(found).toMatchObject({ ok: false });
  expect(found.ok ? '' : found.sentence).toMatch(/NACOS_ROLLOUT_ALERT.*horn.*bell, osc9/);
  expect(found.ok ? '' : found.sentence).not.toContain('\x1b');
});
