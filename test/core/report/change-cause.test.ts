import { expect, test } from 'vitest';
import { causeOf } from '../../../src/core/report/change-cause.ts';

const redeployed = {
  isRedeployed: true,
  wasAway: true,
  wasHeld: false,
  hasOverrides: true,
  others: [] as string[],
};
const held = { ...redeployed, wasHeld: true };
const notDeployed = { ...held, isRedeployed: false };

test.each([
  ['metadata.version', '1', redeployed, 'new-version'],
  ['metadata.version', '1', held, 'new-version-or-override-dropped'],
  ['metadata.version', '1', { ...held, others: ['2', '1'] }, 'new-version'],
  ['metadata.gray', 'yes', { ...held, others: ['no', undefined] }, 'new-version-or-override-dropped'],
  ['metadata.version', '1', { ...notDeployed, others: ['1'] }, 'override-dropped'],
  ['metadata.build', undefined, held, 'new-version'],
  ['metadata.version', '1', { ...held, hasOverrides: false }, 'new-version'],
  ['metadata.version', '1', notDeployed, 'override-dropped'],
  ['metadata.version', '1', { ...notDeployed, wasAway: false }, 'unknown'],
  ['metadata.build', undefined, notDeployed, 'unknown'],
  ['weight', '5', held, 'unknown'],
  ['weight', '5', { ...redeployed, hasOverrides: false }, 'new-version'],
  ['cluster', 'DEFAULT', redeployed, 'new-version'],
  ['cluster', 'DEFAULT', notDeployed, 'unknown'],
] as const)('%s, before %s: %j is %s', (what, before, witness, cause) => {
  expect(causeOf(what, before, witness)).toBe(cause);
});
