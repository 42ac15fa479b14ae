import {
  anything,
  array,
  assert,
  boolean,
  constantFrom,
  dictionary,
  oneof,
  option,
  property,
  record,
} from 'fast-check';
import { expect, test } from 'vitest';
import { plainCounts } from '../../../src/nacos/wire/plain-counts.ts';
import { isPlainInstance } from '../../../src/nacos/wire/plain-host.ts';
import { summariesByRecord, summariesFrom } from '../../../src/nacos/wire/services-wire.ts';
import { instancesByRecord, instancesFrom } from '../../../src/nacos/wire/wire.ts';
import { orders } from '../nacos-script.ts';

// What is counted by hand is what the schemas count, whatever a server says.
const word = constantFrom('orders', '', ' ', null, undefined, 5);
const host = record(
  {
    ip: constantFrom('10.0.0.1', '10.0.0.2', '::1', '', ' ', null, 7),
    port: constantFrom(0, 8080, 65_535, 65_536, -1, 80.5, '80', null),
    weight: constantFrom(0, 1, 0.5, 10_000, 10_001, -1, 'NaN', null),
    healthy: constantFrom(true, false, null, 'true'),
    valid: constantFrom(true, false, null, 1),
    enabled: constantFrom(true, false, null, 'true'),
    ephemeral: constantFrom(true, false, null, 0),
    clusterName: constantFrom('DEFAULT', '', null, 3),
    metadata: constantFrom({}, { a: 'b' }, { a: 1 }, null, [], 'x'),
  },
  { requiredKeys: [] },
);
const usual = record({
  ip: constantFrom('10.0.0.1', '10.0.0.2'),
  port: constantFrom(8080),
  weight: constantFrom(1, 0),
  healthy: boolean(),
  enabled: boolean(),
});
const hosts = oneof(array(usual, { maxLength: 5 }), array(oneof(host, usual), { maxLength: 5 }), anything());
const cluster = oneof(record({ hosts }), constantFrom(null, {}, 'x', []));
const service = oneof(
  record({
    serviceName: constantFrom('orders'),
    groupName: constantFrom('DEFAULT_GROUP', null),
    clusterMap: dictionary(constantFrom('DEFAULT', 'C1'), record({ hosts: array(usual, { maxLength: 5 }) })),
  }),
  record({
    serviceName: word,
    groupName: word,
    clusterMap: dictionary(constantFrom('DEFAULT', 'C1'), cluster),
  }),
  record({ serviceName: word, clusterMap: anything() }),
  anything(),
);

test('a service is counted by hand as the schemas count it', () => {
  let byHand = 0;
  assert(
    property(service, option(constantFrom(['10.0.0.1'], ['10.0.0.9']), { nil: undefined }), (said, at) => {
      // As it comes from JSON.
      const [given] = JSON.parse(JSON.stringify([said])) as unknown[];
      if (plainCounts(given, at) !== undefined) byHand += 1;
      expect(summariesFrom('public', given, at)).toEqual(summariesByRecord('public', given, at));
    }),
    { numRuns: 1_000 },
  );
  expect(byHand).toBeGreaterThan(150);
});

const names = record(
  {
    serviceName: constantFrom('DEFAULT_GROUP@@orders', 'orders', 'DEFAULT_GROUP@@other', '', null, 4),
    groupName: constantFrom('DEFAULT_GROUP', 'OTHER', '', null),
    namespaceId: constantFrom('public', 'dev', '', null),
    name: constantFrom('DEFAULT_GROUP@@orders', 'other', null),
  },
  { requiredKeys: [] },
);
const plainNames = record({ serviceName: constantFrom('DEFAULT_GROUP@@orders') });
const kept = record({ metadata: oneof(constantFrom({}, { a: 'b' }, { a: 1 }, null, [], 'x')) });

test('an instance is told by hand as the schemas tell it', () => {
  let byHand = 0;
  assert(
    property(oneof(usual, host), oneof(plainNames, names), kept, (fields, named, metadata) => {
      const [given] = JSON.parse(JSON.stringify([{ ...metadata, ...fields, ...named }])) as unknown[];
      if (isPlainInstance(orders, given)) byHand += 1;
      expect(instancesFrom(orders, [given], 'C1')).toEqual(instancesByRecord(orders, given, 'C1'));
    }),
    { numRuns: 1_000 },
  );
  expect(byHand).toBeGreaterThan(50);
});
