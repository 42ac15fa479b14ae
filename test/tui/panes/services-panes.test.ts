import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceKey } from '../../../src/core/registry/service.ts';
import { replaceFront, screenNamed, screenOf } from '../../../src/tui/model/navigation.ts';
import { layoutFor, panesIn } from '../../../src/tui/panes/layouts.ts';
import { frame } from '../../../src/tui/screens/frame.ts';
import { instanceOf, orders, shop, usualInstances } from '../support/fake-registry.ts';
import { type OpenOptions, type Opened, openConsole } from '../support/open-console.ts';
import { expectHarmless, hostile, windows } from './hostile-frame.ts';

const size = { columns: 110, rows: 30 };

/** At the services, `orders` being the second of them, and with one that is off and one that is ill. */
async function open(options: OpenOptions = {}): Promise<Opened> {
  const opened = openConsole({
    size,
    prepare: ({ instances }) => {
      const off = instanceOf(orders, '10.0.0.14', 8080, { enabled: false });
      const ill = instanceOf(orders, '10.0.0.15', 8080, { healthy: false, metadata: {} });
      instances.list = [...usualInstances, off, ill];
    },
    ...options,
  });
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders');
  return opened;
}

async function rest(opened: Opened): Promise<void> {
  await seconds(opened, 3);
}

async function seconds(opened: Opened, count: number): Promise<void> {
  for (let second = 0; second < count; second += 1) await opened.second();
}

test('what the pointed service consists of is read once the cursor has stayed, and said', async () => {
  const opened = await open();
  expect(opened.screen()).toContain('Its instances are not read yet.');
  await rest(opened);
  expect(opened.screen()).toMatch(/zone +on +off +ill/);
  expect(opened.screen()).toMatch(/ a +2 +1 +0/);
  expect(opened.screen()).toMatch(/ b +1 +0 +0/);
  expect(opened.screen()).toMatch(/ 41 +2 +1 +0/);
  expect(opened.screen()).toMatch(/not said +0 +0 +1/);
  expect(opened.screen()).toMatch(/○ off {2}10\.0\.0\.14:8080/);
  expect(opened.screen()).toMatch(/1 consumer\b/);
  expect(opened.screen()).toContain('10.9.0.1 (gateway');
  expect(opened.screen()).toContain('off, by no rollout');
  expect(opened.screen()).toMatch(/✖ ill {2}10\.0\.0\.15:8080/);
});

test('moving through the list asks for nothing, and what is shown is of the pointed one alone', async () => {
  const opened = await open();
  const asked: string[] = [];
  const registry = opened.session.connected?.registry;
  if (registry === undefined) throw new Error('not connected');
  const read = registry.instances.bind(registry);
  registry.instances = (id, ...more) => {
    asked.push(id.service);
    return read(id, ...more);
  };
  await rest(opened);
  const before = asked.length;
  expect(before).toBe(1);
  await opened.press('down', 'up', 'down', 'up', 'down');
  expect(asked).toHaveLength(before);
  expect(opened.screen()).toContain('Its instances are not read yet.');
  await opened.second();
  expect(asked).toHaveLength(before);
  await rest(opened);
  expect(asked).toHaveLength(before + 1);
});

test('a service of another connection of the same name is read anew', async () => {
  const opened = await open();
  await rest(opened);
  const { connection } = opened.store.model();
  if (connection === undefined) throw new Error('not connected');
  opened.store.dispatch({ type: 'connected', isTest: false, found: [], ...connection });
  await opened.second();
  expect(opened.store.model().makeup?.list).toBeUndefined();
});

test('a smaller window has the list alone, as before, and reads nothing more', async () => {
  const opened = await open({ size: { columns: 109, rows: 30 } });
  await rest(opened);
  expect(opened.screen()).not.toContain('What it consists of');
  expect(opened.store.model().makeup).toBeUndefined();
  opened.resize(110, 30);
  expect(opened.screen()).toContain('▸ Services ─');
  expect(opened.screen()).toContain('─ What it consists of ─');
});

test('in Chinese, and without UTF-8 or colour, it says the same', async () => {
  const chinese = await open({ language: 'zh-CN' });
  await rest(chinese);
  expect(chinese.screen()).toContain('─ 组成 ─');
  expect(chinese.screen()).toMatch(/未注明 +0 +0 +1/);
  expect(chinese.screen()).toContain('并非本机所知的发布所为');
  const ascii = await open({ isUtf8: false });
  await rest(ascii);
  expect(ascii.screen()).toMatch(/\[off\] off {2}10\.0\.0\.14:8080/);
});

test.each([
  ['en', true],
  ['zh-CN', false],
] as const)(
  'whatever is registered, no pane is too wide or obeys it, in %s, UTF-8 %s',
  async (language, isUtf8) => {
    const much = hostile.repeat(9);
    const opened = await open({
      language,
      isUtf8,
      prepare: ({ instances }) => {
        const change = { enabled: false, cluster: much, metadata: { version: much, zone: much } };
        instances.list = [
          instanceOf(orders, '10.0.0.1', 8080),
          instanceOf(orders, '10.0.0.2', 8080, change),
          instanceOf({ ...shop, service: `a${much}` }, '10.0.0.3', 8080, change),
        ];
      },
    });
    await rest(opened);
    const consumers = [{ address: much, agent: much, app: much }];
    const { services, makeup } = opened.store.model();
    const service = services.value?.items.find((one) => serviceKey(one) === makeup?.key);
    if (service === undefined) throw new Error('no service is pointed at');
    opened.store.dispatch({
      type: 'service-consumers-read',
      consumers: { service, consumers, isEach: true },
    });
    const model = opened.store.model();
    const place = screenNamed(model, 'services');
    if (place === undefined || model.makeup?.list === undefined) throw new Error('nothing was read');
    const { list, ...read } = model.makeup;
    expect(read.consumers).toBeDefined();
    fc.assert(
      fc.property(...windows, fc.nat({ max: 1 }), (columns, rows, isZoomed, at) => {
        const split = layoutFor(screenOf(model), { columns, rows });
        const focused = split && panesIn(split).at(at);
        const lists = { ...list, items: list.items.concat(opened.ports.instances.list) };
        const seen = replaceFront(model, { ...place, panes: { isZoomed, focused, scrolled: {} } });
        const makeup = { ...read, list: lists };
        expectHarmless(frame({ ...seen, makeup, size: { columns, rows } }), columns, rows);
      }),
      { numRuns: 40 },
    );
  },
);

test('where no service is let through there are no panes, and no keys for them', async () => {
  const opened = await open();
  expect(opened.screen()).toContain('tab pane');
  await opened.press('/');
  await opened.type('nothing like it');
  await opened.press('enter');
  expect(opened.screen()).not.toContain('tab pane');
  await opened.press('z');
  expect(opened.screen()).not.toContain('larger window');
});

test('where its instances cannot be read it says why, and that what was read is old', async () => {
  const opened = await open({ size: { columns: 400, rows: 30 } });
  const registry = opened.session.connected?.registry;
  if (registry === undefined) throw new Error('not connected');
  const read = registry.instances.bind(registry);
  const refused = { ok: false, error: { kind: 'login-needed' } } as const;
  registry.instances = () => Promise.resolve(refused);
  await rest(opened);
  await opened.sees('Its instances could not be read. This Nacos wants a login');
  expect(opened.screen()).not.toContain('not read yet');
  registry.instances = read;
  await seconds(opened, 12);
  await opened.sees(/zone +on +off +ill/);
  expect(opened.screen()).not.toContain('could not be read');
  registry.instances = () => Promise.resolve(refused);
  await seconds(opened, 12);
  await opened.sees('Since then its instances could not be read. This Nacos wants a login');
  expect(opened.screen()).toMatch(/zone +on +off +ill/);
});

test('of a Nacos that lists nobody who is off it says so', async () => {
  const opened = await open({ size: { columns: 200, rows: 30 } });
  const registry = opened.session.connected?.registry;
  if (registry === undefined) throw new Error('not connected');
  const server = await registry.server();
  if (!server.ok) throw new Error('no server');
  const traits = { ...server.value.traits, isHidingDisabled: true };
  registry.server = () => Promise.resolve({ ok: true, value: { ...server.value, traits } });
  await rest(opened);
  await opened.sees('This Nacos lists nobody who is off');
});
