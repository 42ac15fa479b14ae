import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Instance } from '../../../src/core/registry/service.ts';
import { keepTheirWeights, oneOfEach, servingProcesses, twinsAt } from '../../../src/core/registry/twins.ts';
import { instance } from '../../cli/support/fake-registry.ts';

const at = (rest: Partial<Instance> = {}, ip = '10.0.0.1'): Instance => instance('orders', ip, 8080, rest);

test('an address is registered twice by two clients, in two clusters, and in two spellings', () => {
  const other = at({}, '10.0.0.2');
  expect(twinsAt([at(), other], at())).toEqual([]);
  expect(twinsAt([at({ weight: 1 }), other, at({ weight: 100 })], at())).toEqual([
    { cluster: 'DEFAULT', ip: '10.0.0.1', weight: 1, enabled: true },
    { cluster: 'DEFAULT', ip: '10.0.0.1', weight: 100, enabled: true },
  ]);
  expect(twinsAt([at(), at({ cluster: 'B' })], at())).toHaveLength(2);
  expect(twinsAt([at({}, '2001:db8::5'), at({}, '[2001:db8:0::5]')], at({}, '2001:DB8::5'))).toHaveLength(2);
});

test.each([
  ['one weight in one cluster', [at(), at({ metadata: { version: '2' } })], true],
  ['two weights in two clusters', [at({ weight: 1 }), at({ weight: 100, cluster: 'B' })], true],
  ['two weights in two spellings', [at({ weight: 1 }, '::1'), at({ weight: 2 }, '[::1]')], true],
  ['two weights in one cluster', [at({ weight: 1 }), at({ weight: 100 })], false],
  [
    'two weights in one of two clusters',
    [at(), at({ cluster: 'B', weight: 1 }), at({ cluster: 'B' })],
    false,
  ],
])('%s: whether writes leave them as they are', (_what, listed, expected) => {
  expect(keepTheirWeights(twinsAt(listed, listed[0] ?? at()))).toBe(expected);
});

test.each([
  ['both on and well', [at(), at({ cluster: 'B' })], 1],
  ['one off', [at(), at({ cluster: 'B', enabled: false })], 1],
  ['one ill', [at(), at({ cluster: 'B', healthy: false })], 0],
  ['one without traffic', [at(), at({ weight: 0 })], 0],
  ['both off', [at({ enabled: false }), at({ enabled: false, weight: 9 })], 0],
])('%s: how many processes serve there', (_what, listed, expected) => {
  expect(servingProcesses([...listed, at({}, '10.0.0.9')])).toHaveLength(expected + 1);
});

test('one registration stands for an address: the first that is on, or off', () => {
  const listed = [at({ enabled: false }), at({ cluster: 'B' }), at({}, '10.0.0.2')];
  expect(oneOfEach(listed, 'on').map(({ enabled, cluster }) => [enabled, cluster])).toEqual([
    [true, 'B'],
    [true, 'DEFAULT'],
  ]);
  expect(oneOfEach(listed, 'off').map(({ enabled }) => enabled)).toEqual([false, true]);
});

test('never more processes than addresses, and never one that no registration serves', () => {
  const any = fc.record({
    ip: fc.constantFrom('10.0.0.1', '10.0.0.2', '::1', '[::1]'),
    cluster: fc.constantFrom('DEFAULT', 'B'),
    weight: fc.constantFrom(0, 1, 100),
    enabled: fc.boolean(),
    healthy: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 6 }), (given) => {
      const listed = given.map(({ ip, ...rest }) => at(rest, ip));
      const serving = servingProcesses(listed);
      expect(serving.length).toBeLessThanOrEqual(oneOfEach(listed, 'on').length);
      expect(serving.every((one) => one.enabled && one.healthy && one.weight > 0)).toBe(true);
    }),
  );
});
