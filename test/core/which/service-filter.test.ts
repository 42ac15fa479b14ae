import { expect, test } from 'vitest';
import { serviceFilter } from '../../../src/core/which/service-filter.ts';

const listed = (service: string, group: string, on: number, off = 0, ill = 0) => ({
  service,
  group,
  on,
  off,
  ill,
  searched: `${group}@@${service}`.toLowerCase(),
});
const list = [
  listed('orders', 'PROD', 3),
  listed('orders-api', 'PROD_B', 1, 2),
  listed('shop', 'TEST', 0, 0, 1),
  listed('a=b', 'TEST', 12),
];

const all = ['orders', 'orders-api', 'shop', 'a=b'];

test.each([
  ['', all],
  ['  ', all],
  ['!', all],
  ['ORD', ['orders', 'orders-api']],
  ['prod@@ord', ['orders']],
  ['ord api', ['orders-api']],
  ['!ord', ['shop', 'a=b']],
  ['! ord', ['shop', 'a=b']],
  ['!ord api', ['orders', 'shop', 'a=b']],
  ['ord !api', ['orders']],
  ['off>0', ['orders-api']],
  ['OFF>=1', ['orders-api']],
  ['on<2 ill=0', ['orders-api']],
  ['!ill>0', ['orders', 'orders-api', 'a=b']],
  ['on!=12', ['orders', 'orders-api', 'shop']],
  ['group=prod*', ['orders', 'orders-api']],
  ['group!=PROD,TEST', ['orders-api']],
  ['service=orders', ['orders']],
  ['group=TEST !on=0', ['a=b']],
  ['a=b', ['a=b']],
  ['version=2.1', []],
  ['off>', all],
  ['off>x', []],
  ['on<2x', []],
  ['group<a', []],
  ['!off>', all],
  ['ord group=', ['orders', 'orders-api']],
])('%j lets through %j', (text, services) => {
  expect(list.filter(serviceFilter(text)).map(({ service }) => service)).toEqual(services);
});

test('a filter of ten thousand services takes a small part of what a key may', () => {
  const many = Array.from({ length: 10_000 }, (_, at) =>
    listed(`${'service-'.repeat(8)}${at}`, 'PROD', at % 5),
  );
  const isWanted = serviceFilter('group=p*o*d* service=*s*9* !on=0 ice-');
  const times = Array.from({ length: 7 }, () => {
    const began = performance.now();
    expect(many.filter(isWanted).length).toBeGreaterThan(1000);
    return performance.now() - began;
  });
  expect(Math.min(...times)).toBeLessThan(50);
});
