import { expect, test } from 'vitest';
import { lineText } from '../../../src/tui/draw/line.ts';
import { frame } from '../../../src/tui/screens/frame.ts';
import type { Message } from '../../../src/tui/model/message.ts';
import type { Model } from '../../../src/tui/model/model.ts';
import { screenNamed } from '../../../src/tui/model/navigation.ts';
import type { ProfileEntry } from '../../../src/tui/model/profile-fields.ts';
import { toNamespace } from '../../../src/tui/update/acts/service-acts.ts';
import { update } from '../../../src/tui/update/update.ts';
import { until } from '../../support/time/until.ts';
import { atServices } from '../support/at-services.ts';
import { profileEntry } from '../support/fake-ports.ts';
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

/** At the second profile, having been at the first. */
async function atStagingAfterShop(): Promise<Opened> {
  const opened = await atShop();
  await opened.press(':');
  await opened.type('stag');
  await opened.press('enter');
  await opened.sees('staging');
  await until(() => opened.store.model().connection?.spec.profile === 'staging');
  return opened;
}

const profilesRead = (entries: readonly ProfileEntry[]): Message => ({
  type: 'profiles-read',
  outcome: { value: entries },
  warning: undefined,
});

test('a profile that was changed since is reached as it is now, and not as one was there', async () => {
  const opened = await atStagingAfterShop();
  const servers = ['http://10.0.0.77:8848'];
  opened.store.dispatch(profilesRead([profileEntry('prod-sh', { servers }), profileEntry('staging')]));
  await opened.press('-');
  await until(() => opened.store.model().connection?.spec.profile === 'prod-sh');
  expect(opened.store.model().connection?.spec).toMatchObject({ servers, namespace: 'public' });
  expect(opened.store.model().marks).toEqual([]);
  await opened.press('-');
  await until(() => opened.store.model().connection?.spec.profile === 'staging');
});

test('what flags said of a profile is said still, where the profile is what it was', async () => {
  const opened = await atStagingAfterShop();
  const spec = { ...profileEntry('prod-sh').spec, servers: ['http://10.0.0.78:8848'] };
  const model = opened.store.model();
  const visits = model.visits.map((visit) => ({ ...visit, spec }));
  const [, effects] = update(
    { ...model, visits },
    { type: 'key-pressed', press: { name: '-' }, now: model.now },
  );
  expect(effects).toMatchObject([{ kind: 'connect', spec: { servers: spec.servers } }]);
});

test('a profile that is gone since is said to be so, and nobody is reached', async () => {
  const opened = await atStagingAfterShop();
  opened.store.dispatch(profilesRead([profileEntry('staging')]));
  await opened.press('-');
  await opened.sees('There is no profile prod-sh any more');
  expect(opened.store.model().connection?.spec.profile).toBe('staging');
});

test('what was marked in a part of a list is marked when one comes back', async () => {
  const opened = await atShop();
  const { services, ...model } = opened.store.model();
  const part: Model = { ...model, services: { ...services, expected: 900, isLoading: true } };
  const [there] = toNamespace(part, 'dev');
  expect(there.marks).toEqual([]);
  const [back] = toNamespace(there, 'public');
  expect(back.marks).toEqual(part.marks);
  expect(back.services.value).toBeUndefined();
  expect(screenNamed(back, 'services')?.filter).toBe('o');
});
