import {
  type Arbitrary,
  anything,
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  double,
  integer,
  nat,
  oneof,
  record,
  string,
  subarray,
  tuple,
} from 'fast-check';
import type { Paging } from './served-lists.ts';

/** Names that look like other names, like syntax, or like nothing. */
const hostileNames = [
  'orders',
  'shop',
  'PROD@@pay',
  'DEFAULT_GROUP@@orders',
  '@@',
  'a@@b@@c',
  'providers:com.acme.Orders:1.0.0:',
  'providers:com.acme.Orders:1.0.0:8080',
  '10.0.0.1:8080',
  'a%41',
  '%2e%2e%2F%00',
  '100%',
  '订单',
  '\u001b[31m',
  '\ud800',
  '{ip}',
  '$(reboot)',
  '__proto__',
  'constructor',
  ' orders ',
  'x'.repeat(2000),
] as const;

const ips = [
  '10.0.0.1',
  '10.0.0.2',
  '10.0.0.3',
  '2001:db8::5',
  '[2001:DB8::5]',
  'fe80::8%eth0',
  'a.example',
  '$(reboot)',
  '10.0.0.1:8080',
  '%',
  '@@',
] as const;
const ports = [8080, 80, 0, 65_535] as const;

/** What stands in a field where something else belongs. */
const odd: Arbitrary<unknown> = oneof(
  constantFrom<unknown>(
    null,
    '',
    ' ',
    'NaN',
    'Infinity',
    '8080',
    'true',
    0,
    -1,
    1e300,
    [],
    {},
    [null],
    undefined,
  ),
  constantFrom<unknown>(...hostileNames),
  boolean(),
  double({ noNaN: true, noDefaultInfinity: true }),
  integer(),
  string(),
  array(integer(), { maxLength: 3 }),
  dictionary(string(), string(), { maxKeys: 3 }),
);

/** The records, some with something odd in some of their fields, some of them twice, and some no records at all. */
function spoilt<T extends object>(good: Arbitrary<T>, fields: readonly (keyof T)[]): Arbitrary<unknown> {
  const spoiltOne = tuple(good, subarray([...fields], { minLength: 1, maxLength: 2 }), odd, odd).map(
    ([one, names, ...values]): unknown => ({
      ...one,
      ...Object.fromEntries(names.map((name, index) => [name, values[index]])),
    }),
  );
  return oneof(
    { weight: 5, arbitrary: good },
    { weight: 3, arbitrary: spoiltOne },
    { weight: 1, arbitrary: odd },
  );
}

const host = record({
  ip: constantFrom(...ips),
  port: constantFrom(...ports),
  weight: constantFrom(0, 1, 5, 0.5, 10_000),
  healthy: boolean(),
  enabled: boolean(),
  ephemeral: boolean(),
  clusterName: constantFrom('DEFAULT', 'B', 'a:b', '%'),
  metadata: dictionary(string(), string(), { maxKeys: 2 }),
});
const hostFields = [
  'ip',
  'port',
  'weight',
  'healthy',
  'enabled',
  'ephemeral',
  'clusterName',
  'metadata',
] as const;
const anyHost = spoilt(host, hostFields);

const service = record({
  serviceName: constantFrom(...hostileNames),
  groupName: constantFrom('DEFAULT_GROUP', 'GRAY', 'a@@b', 'a:b', '%', '订单'),
  clusterMap: dictionary(
    constantFrom('DEFAULT', 'B', '__proto__', '%'),
    oneof(
      { weight: 4, arbitrary: record({ hosts: array(anyHost, { maxLength: 3 }) }) },
      { weight: 1, arbitrary: odd },
    ),
    { maxKeys: 2 },
  ),
});
const member = record({
  ip: constantFrom('10.0.0.8', '10.0.0.9'),
  port: constant(8848),
  address: constantFrom('10.0.0.8:8848', '10.0.0.9:8848'),
  state: constantFrom('UP', 'DOWN'),
  extendInfo: constant({ version: '2.2.4' }),
});
const namespace = record({
  namespace: constantFrom('', 'dev', '%', 'a@@b'),
  namespaceShowName: constantFrom('public', '开发'),
});

const many = <T>(one: Arbitrary<T>): Arbitrary<readonly T[]> =>
  oneof(
    { weight: 9, arbitrary: array(one, { maxLength: 6 }) },
    { weight: 1, arbitrary: array(one, { minLength: 7, maxLength: 30 }) },
  );

/** Lists of records of which any may be anything. */
export const hostileLists = record({
  services: many(spoilt(service, ['serviceName', 'groupName', 'clusterMap'])),
  hosts: many(anyHost),
  members: many(spoilt(member, ['ip', 'port', 'address', 'state', 'extendInfo'])),
  namespaces: many(spoilt(namespace, ['namespace', 'namespaceShowName'])),
});

/** What may stand where a list belongs. */
export const noList: Arbitrary<unknown> = oneof(odd, anything({ maxDepth: 2 }));

/** Pages in other orders, of other lengths and with other counts than were asked for. */
export const hostilePaging: Arbitrary<Paging> = record({
  turns: array(nat(20), { minLength: 1, maxLength: 8 }),
  longest: constantFrom(1, 2, 1000),
  counted: oneof(
    { weight: 4, arbitrary: constant(0) },
    { weight: 1, arbitrary: constantFrom<unknown>(1, -1, -100, 'NaN', null) },
  ),
}).map(({ turns, longest, counted }): Paging => {
  let asked = 0;
  return (all, pageNo, pageSize) => {
    const by = (turns[asked++ % turns.length] ?? 0) % (all.length || 1);
    const size = Math.min(pageSize, longest);
    const turned = [...all.slice(by), ...all.slice(0, by)];
    return {
      total: typeof counted === 'number' ? all.length + counted : counted,
      items: turned.slice((pageNo - 1) * size, pageNo * size),
    };
  };
});
