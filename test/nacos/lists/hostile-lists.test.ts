import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  nat,
  record,
  shuffledSubarray,
} from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { endpointText, parseEndpoint, serviceKey } from '../../../src/core/registry/service.ts';
import { registryErrorSchema } from '../../../src/core/registry/registry-error.ts';
import { planFrom } from '../../../src/runner/review/read-plan.ts';
import { switchOnce } from '../../../src/runner/once/switch-once.ts';
import { fasterClock, realClock } from '../../../src/world/clock.ts';
import type { Answer, Registry } from '../../../src/world/registry.ts';
import { valueOf } from '../../contract/subjects/subject.ts';
import type { Script, ScriptedServer, SeenRequest } from '../../support/servers/scripted-server.ts';
import { first, orders, registryFor, scripted } from '../nacos-script.ts';
import { hostileLists, hostilePaging, noList } from './hostile-records.ts';
import { dialects, fairPaging, type Lists, serving } from './served-lists.ts';

type Record = { readonly [field: string]: unknown };

const isRecord = (value: unknown): value is Record =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isAbsent = (value: unknown): boolean => value === null || value === undefined;
const isWithin = (value: unknown, most: number): value is number =>
  typeof value === 'number' && value >= 0 && value <= most;
const isPort = (value: unknown): boolean => isWithin(value, 65_535) && Number.isInteger(value);

/** Whether a record says all that is needed of an instance, as a person would read it. */
function isInstance(one: unknown): one is Record {
  if (!isRecord(one)) return false;
  const { ip, port, weight, healthy, enabled, ephemeral, clusterName, metadata } = one;
  return (
    isText(ip) &&
    isPort(port) &&
    isWithin(weight, 10_000) &&
    typeof enabled === 'boolean' &&
    typeof healthy === 'boolean' &&
    (isAbsent(ephemeral) || typeof ephemeral === 'boolean') &&
    (isAbsent(clusterName) || typeof clusterName === 'string') &&
    (isAbsent(metadata) || isRecord(metadata))
  );
}
const isEndpoint = (one: unknown): one is Record => isRecord(one) && isText(one['ip']) && isPort(one['port']);
const isService = (one: unknown): one is Record =>
  isRecord(one) &&
  isText(one['serviceName']) &&
  (isAbsent(one['groupName']) || typeof one['groupName'] === 'string');
const isMember = (one: unknown): boolean =>
  isRecord(one) &&
  ((typeof one['address'] === 'string' && one['address'] !== '') ||
    (isText(one['ip']) && isPort(one['port'])));
const isNamespace = (one: unknown): boolean => isRecord(one) && typeof one['namespace'] === 'string';

const nothing: Lists = { services: [], hosts: [], members: [], namespaces: [] };
const ipsOf = (all: readonly unknown[]): readonly string[] =>
  [
    ...new Set(all.map((one) => (isRecord(one) ? `${String(one['ip'])} ${String(one['port'])}` : ''))),
  ].toSorted(byText);
const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
/** As it stands in JSON: what is undefined does not. */
const inJson = (lists: Lists): Lists => JSON.parse(JSON.stringify(lists)) as Lists;

describe.each(dialects)('hostile lists on %s', (dialect) => {
  let script: Script;
  let server: ScriptedServer;
  let registry: Registry;
  beforeEach(async () => {
    script = serving(dialect, nothing);
    server = await scripted((request) => script(request));
    registry = registryFor(server.url, {}, { pageSize: 4 });
    await registry.server();
  });

  const everyAnswer = async (): Promise<readonly Answer<unknown>[]> => [
    await registry.namespaces(),
    await registry.services('public', ''),
    await registry.services('dev', 'o'),
    await registry.service(orders),
    await registry.instances(orders, { known: [first] }),
    await registry.consumerView(orders),
    await registry.nodes(),
    await registry.subscribers(orders),
    await registry.sameProcess(first),
  ];

  test('what can be read is listed, and what cannot is counted', async () => {
    await assert(
      asyncProperty(hostileLists, async (given) => {
        const lists = inJson(given);
        script = serving(dialect, lists);
        const { hosts, services, members, namespaces } = lists;
        const listed = valueOf(await registry.instances(orders));
        expect(ipsOf(listed?.items ?? [])).toEqual(ipsOf(hosts.filter(isInstance)));
        expect(listed?.unreadable).toHaveLength(hosts.filter((one) => !isInstance(one)).length);
        const view = valueOf(await registry.consumerView(orders));
        expect(ipsOf(view.items)).toEqual(ipsOf(hosts.filter(isEndpoint)));
        const named = valueOf(await registry.services('public', ''));
        const keys = services.filter(isService).map(({ serviceName, groupName }) => {
          const group = typeof groupName === 'string' && groupName !== '' ? groupName : 'DEFAULT_GROUP';
          return serviceKey({ namespace: 'public', group, service: String(serviceName) });
        });
        expect(new Set(named.items.map(serviceKey))).toEqual(new Set(keys));
        expect(named.unreadable).toHaveLength(services.filter((one) => !isService(one)).length);
        const nodes = valueOf(await registry.nodes());
        expect(nodes.items).toHaveLength(members.filter(isMember).length);
        expect(nodes.items.length + nodes.unreadable.length).toBe(members.length);
        const spaces = valueOf(await registry.namespaces());
        expect(spaces.items).toHaveLength(namespaces.filter(isNamespace).length);
        expect(spaces.items.length + spaces.unreadable.length).toBe(namespaces.length);
      }),
    );
  });

  test('nothing is thrown, whatever stands where a list belongs and however its pages come', async () => {
    const parts = ['services', 'hosts', 'members', 'namespaces'] as const;
    const broken = record({
      lists: hostileLists,
      noLists: shuffledSubarray([...parts], { maxLength: 2 }),
      value: noList,
      paging: hostilePaging,
      isPagingFair: boolean(),
    });
    await assert(
      asyncProperty(broken, async ({ lists, noLists, value, paging, isPagingFair }) => {
        const given = { ...lists, ...Object.fromEntries(noLists.map((part) => [part, value])) };
        // What is no list has no pages.
        const pages: typeof paging = (all, ...asked) =>
          Array.isArray(all) ? (isPagingFair ? fairPaging : paging)(all, ...asked) : { total: 1, items: all };
        script = serving(dialect, given, pages);
        for (const answer of await everyAnswer())
          if (!answer.ok) expect(registryErrorSchema.safeParse(answer.error).success).toBe(true);
      }),
    );
  });

  const rolled = record({
    lists: hostileLists,
    /** By their places among those that can be read; none: all of them. */
    named: array(nat(30), { maxLength: 2 }),
    excluded: array(nat(30), { maxLength: 2 }),
    strayName: constantFrom(undefined, undefined, undefined, '10.0.0.99:8080', '%:80'),
  });

  test('nothing is rolled that was not named', async () => {
    const clock = fasterClock(realClock, 5000);
    let writeCount = 0;
    await assert(
      asyncProperty(rolled, async ({ lists, strayName, ...places }) => {
        let { hosts } = inJson(lists);
        const others = inJson(lists);
        script = (request) => {
          if (request.method !== 'GET') hosts = hosts.map((one) => written(one, request));
          return serving(dialect, { ...others, hosts })(request);
        };
        const names = hosts
          .filter(isInstance)
          .map(({ ip, port }) => endpointText({ ip: String(ip), port: Number(port) }));
        const namesAt = (at: readonly number[]): readonly string[] =>
          names.length === 0 ? [] : at.map((place) => names[place % names.length] ?? '');
        const named = [...namesAt(places.named), ...(strayName === undefined ? [] : [strayName])];
        const excluded = namesAt(places.excluded);
        const parsed = planFileSchema.safeParse({
          version: 1,
          defaults: { deploy: { run: 'true' }, minimum: 0 },
          stages: [
            {
              services: [
                {
                  service: 'orders',
                  ...(named.length > 0 && { instances: named }),
                  ...(excluded.length > 0 && { exclude: excluded }),
                },
              ],
            },
          ],
        });
        // Not every address can be written in a plan.
        if (!parsed.success) return;
        const made = await planFrom(parsed.data, registry, {
          namespace: 'public',
          group: 'DEFAULT_GROUP',
          overrides: ['orders'],
        });
        if (!made.ok) return;
        const readable = hosts.filter(isInstance).map(({ ip, port }) => `${String(ip)} ${String(port)}`);
        const may = (ip: string, port: number): boolean => {
          const name = endpointText({ ip, port });
          const isNamed = (names: readonly string[]): boolean =>
            names.some((one) => {
              const endpoint = parseEndpoint(one);
              return endpoint !== undefined && endpointText(endpoint) === name;
            });
          return (
            readable.includes(`${ip} ${port}`) && (named.length === 0 || isNamed(named)) && !isNamed(excluded)
          );
        };
        const before = server.requests.length;
        for (const target of made.plan.targets) {
          for (const { ip, port } of target.registrations)
            expect([ip, port, may(ip, port)]).toEqual([ip, port, true]);
          await switchOnce({ registry, clock, plan: made.plan, target, enabled: false });
        }
        for (const { query } of server.requests.slice(before).filter(({ method }) => method !== 'GET')) {
          writeCount += 1;
          const [ip, port] = [query.get('ip') ?? '', Number(query.get('port'))];
          expect([ip, port, may(ip, port)]).toEqual([ip, port, true]);
          expect(['orders', 'DEFAULT_GROUP@@orders']).toContain(query.get('serviceName'));
        }
      }),
      // Most lists offer nothing that could be rolled.
      { numRuns: 300 },
    );
    // Else nothing was tried.
    expect(writeCount).toBeGreaterThan(0);
  });
});

function written(one: unknown, { query }: SeenRequest): unknown {
  const isMeant = isRecord(one) && one['ip'] === query.get('ip') && String(one['port']) === query.get('port');
  return isMeant ? { ...one, enabled: query.get('enabled') === 'true' } : one;
}
