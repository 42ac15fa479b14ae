import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { overriddenBy, overridesOf } from '../../../src/core/plan/overrides.ts';
import { type ServiceId, serviceKey } from '../../../src/core/registry/service.ts';
import {
  fullName,
  isUnmistakable,
  serviceNamed,
  shortName,
  splitName,
} from '../../../src/core/registry/service-name.ts';

const home = { namespace: 'public', group: 'DEFAULT_GROUP' };

test.each([
  ['pay', { service: 'pay' }],
  ['PROD@@pay', { group: 'PROD', service: 'pay' }],
  ['DEFAULT_GROUP@@PROD@@pay', { group: 'DEFAULT_GROUP', service: 'PROD@@pay' }],
  ['DEFAULT_GROUP@@@@pay', { group: 'DEFAULT_GROUP', service: '@@pay' }],
  ['DEFAULT_GROUP@@@pay', { group: 'DEFAULT_GROUP', service: '@pay' }],
  ['@@pay', { service: '@@pay' }],
  ['pay@', { service: 'pay@' }],
  ['pay@@', { group: 'pay', service: '' }],
])('%s is split once', (text, expected) => {
  expect(splitName(text)).toEqual(expected);
});

test.each([
  ['DEFAULT_GROUP', 'PROD@@pay', true],
  ['DEFAULT_GROUP', '@@', true],
  ['DEFAULT_GROUP', '@pay', true],
  ['DEFAULT_GROUP', ' pay', true],
  ['订单', 'a%40@b#c&d+e/f', true],
  ['DEFAULT_GROUP', '', false],
  ['DEFAULT_GROUP', 'pay ', false],
  [' PROD', 'pay', false],
  ['', 'pay', false],
  ['PROD@', 'pay', false],
  ['A@@B', 'pay', false],
])('a service %j %j may be named: %j', (group, service, expected) => {
  expect(isUnmistakable({ namespace: 'public', group, service })).toBe(expected);
});

/** Short texts of the characters that separate names, so that many of them look alike. */
const part = fc.stringMatching(/^[AP@/[ ]{0,5}$/);
const anyId = fc.record({ namespace: part, group: part, service: part });

test('two services have two keys and two short names, whatever they are called', () => {
  fc.assert(
    fc.property(anyId, anyId, (a, b) => {
      const isSame = a.group === b.group && a.service === b.service;
      expect(serviceKey(a) === serviceKey(b)).toBe(isSame && a.namespace === b.namespace);
      if (isUnmistakable(a) && isUnmistakable(b)) expect(shortName(a) === shortName(b)).toBe(isSame);
    }),
    { numRuns: 5_000 },
  );
});

test('what may be named means the same when it is read again', () => {
  fc.assert(
    fc.property(anyId.filter(isUnmistakable), (id) => {
      for (const name of [fullName(id), shortName(id)])
        expect(serviceNamed(name, { ...home, namespace: id.namespace })).toEqual(id);
    }),
  );
});

test('an override is about the service that it names, and about none where it may be two', () => {
  const [prod, plain, odd]: readonly ServiceId[] = [
    { namespace: 'public', group: 'PROD', service: 'pay' },
    { ...home, service: 'pay' },
    { ...home, service: 'PROD@@pay' },
  ];
  if (prod === undefined || plain === undefined || odd === undefined) throw new Error('three services');
  const touched = [prod, plain, odd];
  expect(overriddenBy('PROD@@pay', touched)).toEqual([prod]);
  expect(overriddenBy('DEFAULT_GROUP@@PROD@@pay', touched)).toEqual([odd]);
  expect(overriddenBy('PROD@@pay', [plain, odd])).toEqual([]);
  expect(overriddenBy('pay', touched)).toEqual([prod, plain]);
  expect(overridesOf(['pay', 'DEFAULT_GROUP@@pay'], touched)).toEqual(['pay']);
  expect(overridesOf(['pay', 'typo'], [prod])).toEqual(['PROD@@pay']);
});
