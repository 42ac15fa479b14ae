import { expect, test } from 'vitest';
import type { ServiceSettings } from '../../src/core/plan-reading/service-settings.ts';
import { serviceKey } from '../../src/core/registry/service.ts';
import { type Draft, beginDraft, draftProblem } from '../../src/tui/draft/draft.ts';
import { planFileOf } from '../../src/tui/draft/draft-plan-file.ts';
import { settingTexts } from '../../src/wiring/console/setting-texts.ts';

const id = (service: string) => ({ namespace: 'public', group: 'DEFAULT_GROUP', service });
const orders: ServiceSettings = {
  ports: [8080],
  companions: ['process'],
  deploy: { run: './orders.sh', timeout: '3m' },
  check: { http: 'http://{ip}:{port}/up', successes: 7 },
  drain: { consumers: 'dubbo' },
  minimum: 2,
  leave: { http: 'POST http://{ip}:{port}/leave' },
};
const shop: ServiceSettings = { deploy: { run: './shop.sh' }, minimum: 3 };
const known = { [serviceKey(id('orders'))]: orders, [serviceKey(id('shop'))]: shop };

function draftOf(names: readonly string[], texts: Draft['settings'] | object, typed: object = {}): Draft {
  const services = names.map(id);
  const draft = beginDraft('', services, texts, false, {}, known);
  const order = services.map((service) => ({ service: serviceKey(service), ip: '10.0.0.1', port: 8080 }));
  return { ...draft, order, settings: { ...draft.settings, ...typed } };
}

const entriesOf = (draft: Draft) => planFileOf(draft, 'prod').stages.flatMap(({ services }) => services);

test('one service begins with what the profile knows of it, whole as the profile has it', () => {
  const draft = draftOf(['orders'], settingTexts(orders));
  expect(draft.settings).toMatchObject({
    deploy: './orders.sh',
    timeout: '3m',
    minimum: '2',
    drain: 'dubbo',
  });
  expect(draft.companions).toEqual({ [serviceKey(id('orders'))]: ['process'] });
  expect(entriesOf(draft)[0]).toMatchObject({
    companions: ['process'],
    check: { http: 'http://{ip}:{port}/up', successes: 7 },
    leave: { http: 'POST http://{ip}:{port}/leave' },
  });
  expect(entriesOf(draft)[0]).not.toHaveProperty('ports');
});

test('what is typed over it holds', () => {
  const [entry] = entriesOf(draftOf(['orders'], settingTexts(orders), { check: 'tcp', minimum: '1' }));
  expect(entry).not.toHaveProperty('check');
  expect(entry).not.toHaveProperty('minimum');
  expect(entry).toMatchObject({ deploy: { run: './orders.sh' } });
});

test('several services have each its own, and no deploy need be typed for all', () => {
  const draft = draftOf(['orders', 'shop'], {});
  expect(draftProblem(draft)).toBeUndefined();
  expect(planFileOf(draft, 'prod').defaults).not.toHaveProperty('deploy');
  expect(entriesOf(draft)).toMatchObject([
    { deploy: { run: './orders.sh' }, minimum: 2 },
    { deploy: { run: './shop.sh' }, minimum: 3 },
  ]);
  expect(draftProblem(draftOf(['orders', 'other'], {}))).toBe('deploy');
});
