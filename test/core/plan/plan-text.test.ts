import { expect, test } from 'vitest';
import {
  checkLine,
  parseCheck,
  parseCompanion,
  parseDrain,
  parseMinimum,
  parseOrder,
  withoutPort,
} from '../../../src/core/plan/plan-text.ts';
import { visible } from '../../../src/core/text/visible.ts';

const dubbo = 'providers:com.acme.Orders:1.0.0:';

test.each([
  ['orders', { service: 'orders' }, undefined],
  ['GRAY@@orders', { group: 'GRAY', service: 'orders' }, undefined],
  ['A:1@@orders:2', { group: 'A:1', service: 'orders:2' }, { group: 'A:1', service: 'orders', port: 2 }],
  ['orders:8081', { service: 'orders:8081' }, { service: 'orders', port: 8081 }],
  ['orders:+30', { service: 'orders:+30' }, { service: 'orders', port: '+30' }],
  ['orders:+0', { service: 'orders:+0' }, { service: 'orders', port: '+0' }],
  ['orders:0', { service: 'orders:0' }, undefined],
  ['orders:70000', { service: 'orders:70000' }, undefined],
  [':8080', { service: ':8080' }, undefined],
  [dubbo, { service: dubbo }, undefined],
  [`${dubbo}2`, { service: `${dubbo}2` }, { service: 'providers:com.acme.Orders:1.0.0', port: 2 }],
  [`${dubbo}:20880`, { service: `${dubbo}:20880` }, { service: dubbo, port: 20_880 }],
  ['', undefined, undefined],
  ['A@@', undefined, undefined],
])('companion %j is a name, or a name and a port', (text, whole, part) => {
  const companion = parseCompanion(text);
  expect(companion).toEqual(whole);
  expect(typeof companion === 'object' ? withoutPort(companion) : undefined).toEqual(part);
});

test.each([
  ['process', 'process'],
  ['ip', 'ip'],
  ['ops@@process', { group: 'ops', service: 'process' }],
  ['DUBBO_GROUP@@providers:*', { group: 'DUBBO_GROUP', service: 'providers:*' }],
  ['providers:*:20880', { service: 'providers:*', port: 20_880 }],
  ['providers:*:+30', { service: 'providers:*', port: '+30' }],
  ['providers:*:1.0.0:2', { service: 'providers:*:1.0.0:2' }],
  ['providers:*:2', { service: 'providers:*:2' }],
  ['providers:*Orders:20880', { service: 'providers:*Orders:20880' }],
])('companion %j says how to find some', (text, meant) => {
  expect(parseCompanion(text)).toEqual(meant);
});

test.each([
  [parseDrain, '40s', { time: '40s' }],
  [parseDrain, 'grpc', { consumers: 'grpc' }],
  [parseDrain, '40', undefined],
  [parseCheck, 'https://{ip}/h', { http: 'https://{ip}/h' }],
  [parseCheck, 'none', 'none'],
  [parseCheck, './check.sh -v', { run: './check.sh -v' }],
  [parseCheck, 'actuator:http://{ip}:{port}/actuator', { actuator: 'http://{ip}:{port}/actuator' }],
  [parseCheck, 'actuator:8081', undefined],
  [parseCheck, 'grpc', { grpc: true }],
  [parseCheck, 'grpc/orders.v1.Orders', { grpc: true, service: 'orders.v1.Orders' }],
  [parseCheck, 'grpc:{ip}:{management.port}', { grpc: '{ip}:{management.port}' }],
  [parseCheck, 'grpc:[::1]:9090/a b', undefined],
  [parseCheck, 'grpc:9090', undefined],
  [parseCheck, 'grpc_health_probe -addr x', { run: 'grpc_health_probe -addr x' }],
  [parseCheck, '', undefined],
  [parseMinimum, '4', 4],
  [parseMinimum, '75%', '75%'],
  [parseMinimum, '175%', undefined],
  [parseOrder, 'metadata:zone', { by: 'metadata', key: 'zone' }],
  [parseOrder, 'metadata:', undefined],
])('%o of %j', (parse, text, expected) => {
  expect(parse(text)).toEqual(expected);
});

test.each([
  ['orders 订单 café', 'orders 订单 café'],
  ['\u001b[2J\u0007', '\\x1b[2J\\x07'],
  ['a\r\n\tb', 'a\\r\\n\\tb'],
  ['\u009b31m\u007f', '\\x9b31m\\x7f'],
  ['\u202egnp.exe\u200b', '\\u202egnp.exe\\u200b'],
  ['\u{e0041}', '\\u{e0041}'],
])('%j is shown as %s', (text, expected) => {
  expect(visible(text)).toBe(expected);
});

test('a check by a URL that nobody can ask is none', () => {
  expect(parseCheck('ftp://10.0.0.1/health')).toBeUndefined();
  expect(parseCheck('HTTPS://10.0.0.1/health')).toEqual({ http: 'HTTPS://10.0.0.1/health' });
  expect(parseCheck('curl http://10.0.0.1/health')).toEqual({ run: 'curl http://10.0.0.1/health' });
});

test.each([
  ['tcp', 'tcp'],
  ['none', 'none'],
  [{ tcp: true, within: '1m' }, 'tcp'],
  [{ http: 'http://{ip}/h', successes: 5 }, 'http://{ip}/h'],
  [{ run: './check.sh -v' }, './check.sh -v'],
  [{ actuator: 'http://{ip}/actuator', within: '1m' }, 'actuator:http://{ip}/actuator'],
  [{ grpc: true }, 'grpc'],
  [{ grpc: '[::1]:9090', service: 'a.B' }, 'grpc:[::1]:9090/a.B'],
] as const)('the check %j is typed as %s', (check, line) => {
  expect(checkLine(check)).toBe(line);
});
