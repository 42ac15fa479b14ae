import { expect, test } from 'vitest';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import type { ServiceSummary } from '../../../src/core/registry/service.ts';
import type { Answer, Registry, ServiceList } from '../../../src/world/registry.ts';
import { type Opened, type OpenOptions, openConsole } from '../support/open-console.ts';
import { orders } from '../support/fake-registry.ts';

const gone: RegistryError = {
  kind: 'unreachable',
  addresses: ['http://10.0.0.1:8848'],
  detail: 'ECONNREFUSED',
};
const why = 'Nacos cannot be reached at http://10.0.0.1:8848 (ECONNREFUSED)';

/** What the next readings of Nacos answer instead of what is there. */
type Faults = {
  services?: Answer<ServiceList> | undefined;
  instances?: RegistryError | undefined;
  namespaces?: RegistryError | undefined;
  serviceReads: number;
};

async function open(faults: Faults, options: OpenOptions = {}, key = 'enter'): Promise<Opened> {
  const opened = openConsole({
    ...options,
    prepare: (ports) => {
      const connect = ports.connect.bind(ports);
      ports.connect = async (...given) => {
        const answer = await connect(...given);
        if (answer.ok) withFaults(answer.value.registry, faults);
        return answer;
      };
    },
  });
  await opened.sees('prod-sh');
  await opened.press(key);
  return opened;
}

function withFaults(registry: Registry, faults: Faults): void {
  const services = registry.services.bind(registry);
  const instances = registry.instances.bind(registry);
  const namespaces = registry.namespaces.bind(registry);
  registry.services = async (...asked) => {
    faults.serviceReads += 1;
    return faults.services ?? (await services(...asked));
  };
  registry.instances = async (...asked) =>
    faults.instances === undefined ? await instances(...asked) : { ok: false, error: faults.instances };
  registry.namespaces = async (...asked) =>
    faults.namespaces === undefined ? await namespaces(...asked) : { ok: false, error: faults.namespaces };
}

async function seconds(opened: Opened, count: number): Promise<void> {
  for (let second = 0; second < count; second += 1) await opened.second();
}

test('services that could not be read are not called none, as long as that is so', async () => {
  const faults: Faults = { services: { ok: false, error: gone }, serviceReads: 0 };
  const opened = await open(faults);
  await opened.sees('The services could not be read.');
  expect(opened.screen().replaceAll(/\s+/g, ' ')).toContain(why);
  // A key takes a notice away, and this is none.
  await opened.press('j');
  await seconds(opened, 6);
  expect(opened.screen()).toContain('The services could not be read.');
  expect(opened.screen()).not.toContain('No services in this namespace');
  expect(opened.screen()).toContain('Ctrl-R asks again.');
  faults.services = undefined;
  await opened.press('r');
  await opened.sees('orders');
  expect(opened.screen()).not.toContain('could not be read');
});

test('what was read before stays, is marked as old, with why, and its age grows', async () => {
  const faults: Faults = { serviceReads: 0 };
  const opened = await open(faults);
  await opened.sees('orders');
  expect(opened.screen()).toContain('read every 5 s');
  faults.services = { ok: false, error: gone };
  await seconds(opened, 30);
  expect(opened.screen()).toContain('orders');
  expect(opened.screen()).toMatch(/old: read (25|30) s ago/);
  expect(opened.screen().replaceAll(/\s+/g, ' ')).toContain(`The services could not be read. ${why}`);
  await seconds(opened, 100);
  expect(opened.screen()).toContain('old: read 2 min ago');
  faults.services = undefined;
  await seconds(opened, 31);
  await opened.sees('read every 5 s');
  expect(opened.screen()).not.toContain('old:');
});

test('a server in trouble is asked more and more seldom, and as often as before once it answers', async () => {
  const faults: Faults = { serviceReads: 0 };
  const opened = await open(faults);
  await opened.sees('orders');
  faults.services = { ok: false, error: gone };
  await seconds(opened, 60);
  faults.serviceReads = 0;
  await seconds(opened, 120);
  // One each 15 to 30 s.
  expect(faults.serviceReads).toBeGreaterThanOrEqual(3);
  expect(faults.serviceReads).toBeLessThanOrEqual(8);
  faults.services = undefined;
  await seconds(opened, 31);
  faults.serviceReads = 0;
  await seconds(opened, 60);
  expect(faults.serviceReads).toBe(12);
});

test('instances that could not be read any more stay, marked as old, with why', async () => {
  const faults: Faults = { serviceReads: 0 };
  const opened = await open(faults);
  await opened.sees('orders');
  await opened.press('enter');
  await opened.sees('10.0.0.11:8080');
  faults.instances = gone;
  await seconds(opened, 12);
  expect(opened.screen()).toContain('10.0.0.11:8080');
  expect(opened.screen()).toContain('old: read 10 s ago');
  expect(opened.screen()).toContain('The instances could not be read.');
});

test('namespaces that could not be read are not called none', async () => {
  const faults: Faults = { namespaces: { kind: 'login-needed' }, serviceReads: 0 };
  const opened = await open(faults);
  await opened.sees('orders');
  await opened.press('n');
  await opened.sees('The namespaces could not be read. This Nacos wants a login');
  expect(opened.screen()).not.toContain('No namespaces were named');
});

test('an empty namespace that nobody can prove is said to be so', async () => {
  const value = { items: [], unreadable: [], isNamespaceUnproven: true } as const;
  const opened = await open({ services: { ok: true, value }, serviceReads: 0 });
  await opened.sees('check that public is the id of one');
  expect(opened.screen()).not.toContain('No services in this namespace');
});

const summary = (service: string, group = orders.group): ServiceSummary => {
  return { ...orders, group, service, on: 2, off: 0, ill: 0 };
};

test.for([
  [200, 12, 'read every 5 s'],
  [2_000, 1, 'read every 50 s'],
  [4_000, 0, 'read every 2 min'],
] as const)(
  'a list of %i services is read %i times in a minute where nobody tells of changes, and says so: %s',
  async ([count, times, said]) => {
    const items = Array.from({ length: count }, (_, index) => summary(`service-${index}`));
    const faults: Faults = { services: { ok: true, value: { items, unreadable: [] } }, serviceReads: 0 };
    const opened = await open(faults);
    await opened.sees('service-1');
    const before = faults.serviceReads;
    await seconds(opened, 61);
    expect(faults.serviceReads - before).toBe(times);
    expect(opened.screen()).toContain(said);
  },
);

test('what a key asked for is said to have just been read, for five seconds; else nothing counts', async () => {
  const opened = await open({ serviceReads: 0 });
  await opened.sees('orders');
  const before = opened.screen();
  await seconds(opened, 30);
  expect(opened.screen()).toBe(before);
  await opened.press('\x12');
  await opened.sees('read just now');
  await seconds(opened, 6);
  expect(opened.screen()).toBe(before);
});

const long = 'providers:com.acme.inventory.warehouse.api.StockReservationService:1.0.0:';

test.for(
  (['en', 'zh-CN'] as const).flatMap((language) =>
    [
      ['DEFAULT_GROUP', 'DUBBO_GROUP', 'orders'],
      ['DEFAULT_GROUP', 'DUBBO_GROUP', 'providers:com.acme.Orders:1.0.0:'],
      ['DEFAULT_GROUP', 'DUBBO_GROUP', long],
      ['A_VERY_LONG_GROUP_OF_THE_ORDER_TEAM_1', 'A_VERY_LONG_GROUP_OF_THE_ORDER_TEAM_2', long],
      ['BLUE_1_GROUP_THAT_ENDS_AS_THE_OTHERS_DO', 'BLUE_2_GROUP_THAT_ENDS_AS_THE_OTHERS_DO', 'orders'],
    ].map((names) => [language, ...names]),
  ) as [OpenOptions['language'] & string, string, string, string][],
)(
  'equal names in two groups do not look the same at 80 columns: %s %s %s %s',
  async ([language, one, other, name]) => {
    const few = { ...summary('orders-report'), on: 1 };
    const items = [{ ...summary(name, one), on: 1 }, { ...summary(name, other), on: 1 }, few];
    const faults: Faults = { services: { ok: true, value: { items, unreadable: [] } }, serviceReads: 0 };
    const opened = await open(faults, { language });
    await opened.sees('orders');
    const rows = opened
      .screen()
      .split('\n')
      .slice(4, 6)
      .map((row) => row.replace('▸', ' '));
    expect(rows[0]).toMatch(/ 1 /);
    expect(rows[0]).not.toBe(rows[1]);
  },
);

test('in Chinese the group stands at 80 columns where there is room', async () => {
  const items = [summary('orders'), summary('providers:com.acme.Orders:1.0.0:', 'DUBBO_GROUP')].map(
    (one) => ({
      ...one,
      on: 1,
    }),
  );
  const faults: Faults = { services: { ok: true, value: { items, unreadable: [] } }, serviceReads: 0 };
  const opened = await open(faults, { language: 'zh-CN' });
  await opened.sees('orders');
  for (const text of ['DEFAULT_GROUP', 'DUBBO_GROUP', '仅剩一个！']) expect(opened.screen()).toContain(text);
});

test('a test of a profile says what could not be read', async () => {
  const error = { kind: 'namespace-missing', namespace: 'prod', bearers: ['9f3a-aa'] } as const;
  const opened = await open({ services: { ok: false, error }, serviceReads: 0 }, {}, 't');
  await opened.sees('✖ prod is the name of a namespace, not its id: give --namespace 9f3a-aa.');
});
