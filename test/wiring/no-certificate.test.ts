import { expect, test } from 'vitest';
import { failures } from '../../src/i18n/en/failures.ts';
import { profiles } from '../../src/i18n/en/profiles.ts';
import { openSpec } from '../../src/wiring/connect.ts';
import { reachedAt } from '../support/reached.ts';
import { virtualClock } from '../support/time/virtual-clock.ts';

const spec = reachedAt('https://10.0.0.1:8848');

test.for([
  [{ tls: { ca: '/nowhere/ca.pem' } }, '/nowhere/ca.pem cannot be read (there is no such file)'],
  [{ tls: { ca: '/' } }, '/ cannot be read (it is a directory, and no file)'],
  [{ passwordFrom: 'env:NOT_THERE' }, 'the environment variable NOT_THERE is not set'],
] as const)('%j is not answered with a password that nobody gave', async ([more, why]) => {
  const opened = await openSpec({ ...spec, ...more }, undefined, { clock: virtualClock(), env: {} });
  if (opened.ok) throw new Error('opened');
  expect(failures.secret(profiles.secretDetail(opened.problem))).toBe(
    `What the connection needs cannot be had: ${why}.`,
  );
});
