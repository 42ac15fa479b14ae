import { expect, test } from 'vitest';
import {
  parseCheck,
  parseCompanion,
  parseDrain,
  parseMinimum,
  parseOrder,
} from '../../src/core/plan-text.ts';
import { visible } from '../../src/core/visible.ts';

const dubbo = 'providers:com.acme.Orders:1.0.0:';

test.each([
  ['orders', { service: 'orders' }],
  ['GRAY@@orders', { group: 'GRAY', service: 'orders' }],
  ['orders:8081', { service: 'orders', port: 8081 }],
  ['orders:+30', { service: 'orders', port: '+30' }],
  [`DUBBO_GROUP@@${dubbo}`, { group: 'DUBBO_GROUP', service: dubbo }],
  [`DUBBO_GROUP@@${dubbo}:20880`, { group: 'DUBBO_GROUP', service: dubbo, port: 20_880 }],
  ['orders:70000', undefined],
  ['', undefined],
])('companion %j', (text, expected) => {
  expect(parseCompanion(text)).toEqual(expected);
});

test.each([
  [parseDrain, '40s', { floor: '40s' }],
  [parseDrain, 'grpc', { consumers: 'grpc' }],
  [parseDrain, '40', undefined],
  [parseCheck, 'https://{ip}/h', { http: 'https://{ip}/h' }],
  [parseCheck, 'none', 'none'],
  [parseCheck, './check.sh -v', { run: './check.sh -v' }],
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
