import { expect, test } from 'vitest';
import { hostSchema } from '../../../src/core/which/host.ts';

test.for([
  ['10.0.0.5', true],
  ['host-5.example', true],
  ['2001:db8::5', true],
  ['fe80::1%eth0', true],
  ['::1', true],
  ['10.0.0.5:8080', false],
  ['host-5:80', false],
  ['', false],
  ['10.0.0.5 10.0.0.6', false],
] as const)('%s is a host: %s', ([text, isHost]) => {
  expect(hostSchema.safeParse(text).success).toBe(isHost);
});
