import { expect, test } from 'vitest';
import {
  byZone,
  parseZones,
  strictestOfEach,
  zoneOf,
  zonesFileSchema,
  zonesText,
} from '../../../src/core/batches/zones.ts';

const at = (zone: string | undefined, cluster = 'DEFAULT') => ({
  cluster,
  metadata: zone === undefined ? {} : { zone },
});

test.each(['cluster', 'metadata:zone', 'metadata:a:b'])('%s says zones, and is written so', (text) => {
  const zones = zonesFileSchema.parse(parseZones(text));
  expect(zonesText(zones)).toBe(text);
});

test.each(['', 'zone', 'metadata', 'metadata:', 'ip'])('%j says none', (text) => {
  expect(parseZones(text)).toBeUndefined();
});

test('a zone is a cluster, or a value of the metadata, and empty where that does not say', () => {
  expect(zoneOf({ by: 'cluster' }, at('a', 'HZ'))).toBe('HZ');
  expect(zoneOf({ by: 'metadata', key: 'zone' }, at('a', 'HZ'))).toBe('a');
  expect(zoneOf({ by: 'metadata', key: 'zone' }, at(undefined))).toBe('');
});

test('instances of a zone come together, and the first stays the first', () => {
  const [b1, a1, none, b2, a2] = [at('b'), at('a'), at(undefined), at('b'), at('a')];
  expect(byZone({ by: 'metadata', key: 'zone' }, [b1, a1, none, b2, a2])).toEqual([b1, b2, a1, a2, none]);
});

test('of two rules for the zones of one service the stricter one holds', () => {
  const rule = { namespace: 'public', group: 'G', service: 'orders', by: 'cluster' } as const;
  const other = { ...rule, service: 'shop', minimum: 1 };
  expect(strictestOfEach([{ ...rule, minimum: 1 }, other, { ...rule, minimum: 2 }])).toEqual([
    { ...rule, minimum: 2 },
    other,
  ]);
});
