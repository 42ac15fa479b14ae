import { expect, test } from 'vitest';
import { wordsOf } from '../../src/i18n/words.ts';
import { openProfileStore } from '../../src/profiles/store.ts';
import type { FacePorts } from '../../src/runner/ports/face-ports.ts';
import { emptyProfile, valuesOf } from '../../src/tui/model/profile-fields.ts';
import { openConsolePorts } from '../../src/wiring/console/open-console-ports.ts';
import { newDirectory } from '../support/new-directory.ts';

async function profilesOfConsole() {
  const root = newDirectory('profile-form');
  const ports = openConsolePorts({
    ports: {} as FacePorts,
    store: openProfileStore(root),
    words: await wordsOf('en'),
    workingDirectory: root,
    stateRoot: root,
  });
  return ports.profiles;
}

const hosted = {
  ...emptyProfile,
  name: 'mse',
  servers: 'http://10.0.0.1:8848',
  accessKeyFrom: 'env:AK',
  secretKeyFrom: 'file:/secret',
  securityTokenFrom: 'command:token',
  signatureRegion: 'cn-hangzhou',
};

test('the form keeps an access key by its references, and shows them again', async () => {
  const profiles = await profilesOfConsole();
  expect(await profiles.save(hosted, undefined)).toBeUndefined();
  const listed = await profiles.list();
  const [entry] = listed.ok ? listed.entries : [];
  expect(entry && valuesOf(entry)).toEqual(hosted);
});

test.each([
  [{ username: 'ann' }, 'There are a user and an access key'],
  [{ secretKeyFrom: '' }, 'An access key and its secret key belong together'],
  [{ secretKeyFrom: 'hunter2' }, 'are never written out'],
])('with %j it says why it does not', async (other, sentence) => {
  const profiles = await profilesOfConsole();
  const said = await profiles.save({ ...hosted, ...other }, undefined);
  expect(said).toContain(sentence);
  expect(said).not.toContain('hunter2');
});
