import { expect, test } from 'vitest';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import { allRead } from '../../../src/core/registry/listed.ts';
import type { ServiceSummary } from '../../../src/core/registry/service.ts';
import type { Answer, Registry, ServiceList, ServicesOptions } from '../../../src/world/registry.ts';
import { type Opened, openConsole } from '../support/open-console.ts';

// A long list is shown while the rest of it is on its way.
const named = (index: number): ServiceSummary => ({
  namespace: 'public',
  group: 'DEFAULT_GROUP',
  service: `svc-${index}`,
  on: 1,
  off: 0,
  ill: 0,
});

type Reading = {
  readonly come: NonNullable<ServicesOptions['come']>;
  end(answer: Answer<ServiceList>): void;
};

/** The console in front of a list that comes as the test says. */
async function open(readings: Reading[]): Promise<Opened> {
  const opened = openConsole({
    prepare: (ports) => {
      const connect = ports.connect.bind(ports);
      ports.connect = async (...given) => {
        const answer = await connect(...given);
        if (answer.ok) comingList(answer.value.registry, readings);
        return answer;
      };
    },
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('Reading …');
  return opened;
}

function comingList(registry: Registry, readings: Reading[]): void {
  registry.services = (_namespace, _pattern, { come = () => undefined } = {}) =>
    new Promise((resolve) => readings.push({ come, end: resolve }));
}

test('the first page is there at once, sorted, and says that there is more', async () => {
  const readings: Reading[] = [];
  const opened = await open(readings);
  readings[0]?.come(allRead([named(7), named(3)]), 4);
  await opened.sees('reading, 2 of 4 so far');
  expect(opened.screen()).toMatch(/svc-3[^]*svc-7/);
  await opened.clock.advance(1_000);
  readings[0]?.come(allRead([named(5)]), 4);
  await opened.sees('reading, 3 of 4 so far');
  expect(opened.screen()).toMatch(/svc-3[^]*svc-5[^]*svc-7/);
  readings[0]?.end({ ok: true, value: allRead([3, 5, 7, 9].map(named)) });
  await opened.sees('svc-9');
  expect(opened.screen()).not.toContain('so far');
});

test('the cursor stays on its service while others come in before it', async () => {
  const readings: Reading[] = [];
  const opened = await open(readings);
  readings[0]?.come(allRead([named(5), named(7)]), 4);
  await opened.sees('svc-7');
  await opened.press('j');
  await opened.sees(/▸ +svc-7/);
  await opened.clock.advance(1_000);
  readings[0]?.come(allRead([named(1)]), 4);
  await opened.sees('svc-1');
  expect(opened.screen()).toMatch(/▸ +svc-7/);
});

test('a part of a list that then cannot be read is not taken for the list', async () => {
  const readings: Reading[] = [];
  const opened = await open(readings);
  readings[0]?.come(allRead([named(5)]), 4);
  await opened.sees('svc-5');
  const error: RegistryError = { kind: 'incomplete', path: '/list', found: 1, total: 4 };
  readings[0]?.end({ ok: false, error });
  await opened.sees('The services could not be read.');
  expect(opened.screen()).not.toContain('svc-5');
});

test('a list that is there stays whole while it is read again', async () => {
  const readings: Reading[] = [];
  const opened = await open(readings);
  readings[0]?.end({ ok: true, value: allRead([3, 5, 7].map(named)) });
  await opened.sees('svc-7');
  await opened.press('r');
  readings[1]?.come(allRead([named(3)]), 3);
  await opened.second();
  expect(opened.screen()).toContain('svc-7');
  expect(opened.screen()).not.toContain('so far');
});

test('a server that takes long for a list is left alone for several times as long', async () => {
  const readings: Reading[] = [];
  const opened = await open(readings);
  readings[0]?.end({ ok: true, value: allRead([3].map(named)) });
  await opened.sees('svc-3');
  const seconds = async (count: number): Promise<void> => {
    for (let second = 0; second < count; second += 1) await opened.second();
  };
  await seconds(6);
  expect(readings).toHaveLength(2);
  await seconds(4);
  readings[1]?.end({ ok: true, value: allRead([3, 4].map(named)) });
  await opened.sees('svc-4');
  await seconds(14);
  expect(readings).toHaveLength(2);
  await seconds(8);
  expect(readings).toHaveLength(3);
});
