import { expect, test } from 'vitest';
import { wordsOf } from '../../src/i18n/words.ts';
import { openProfileStore } from '../../src/profiles/store.ts';
import type { Doctor } from '../../src/runner/process/doctor-port.ts';
import type { FacePorts } from '../../src/runner/ports/face-ports.ts';
import { emptyProfile, valuesOf } from '../../src/tui/model/profile-fields.ts';
import { openConsolePorts } from '../../src/wiring/console/open-console-ports.ts';
import { newDirectory } from '../support/new-directory.ts';

async function profilesOfConsole(root = newDirectory('profile-form')) {
  const ports = openConsolePorts({
    ports: {} as FacePorts,
    store: openProfileStore(root),
    words: await wordsOf('en'),
    workingDirectory: root,
    stateRoot: root,
    doctor: {} as Doctor,
    env: {},
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

test.each([
  ['process', ['process']],
  ['ip DUBBO_GROUP@@providers:*', ['ip', { service: 'providers:*', group: 'DUBBO_GROUP' }]],
  ['rpc  metrics', [{ service: 'rpc' }, { service: 'metrics' }]],
  ['none', undefined],
])('the form takes companions as a flag does: %s', async (companions, expected) => {
  const profiles = await profilesOfConsole();
  expect(await profiles.save({ ...hosted, companions }, undefined)).toBeUndefined();
  const listed = await profiles.list();
  const [entry] = listed.ok ? listed.entries : [];
  expect(entry?.kept?.companions).toEqual(expected);
  if (entry === undefined) return;
  const shown = valuesOf(entry);
  expect(shown.companions).toBe(companions === 'none' ? '' : companions.replace('  ', ' '));
  expect(await profiles.save({ ...shown, companions: '' }, 'mse')).toBeUndefined();
  const emptied = await profiles.list();
  expect(emptied.ok && emptied.entries[0]?.kept?.companions).toBeUndefined();
});

test('companions that were not changed stay as the file has them', async () => {
  const root = newDirectory('profile-form');
  const store = openProfileStore(root);
  const companions = [{ service: 'rpc', group: 'G', port: 8081 }];
  store.save('mse', { servers: ['a'], defaults: { companions, batch: 2 } });
  const profiles = await profilesOfConsole(root);
  const listed = await profiles.list();
  const [entry] = listed.ok ? listed.entries : [];
  if (entry === undefined) throw new Error('no profile');
  expect(valuesOf(entry).companions).toBe('G@@rpc:8081');
  expect(await profiles.save({ ...valuesOf(entry), group: 'x' }, 'mse')).toBeUndefined();
  const read = store.read();
  expect(read.ok && read.value.profiles['mse']).toMatchObject({
    group: 'x',
    defaults: { companions, batch: 2 },
  });
});

test('what is no companion is said, and nothing is saved', async () => {
  const profiles = await profilesOfConsole();
  expect(await profiles.save({ ...hosted, companions: 'rpc G@@' }, undefined)).toBe(
    '--companion G@@ is not right: write [GROUP@@]NAME[:PORT], with * for anything in the name, or process, ip, none.',
  );
  expect(await profiles.list()).toMatchObject({ ok: true, entries: [] });
});
