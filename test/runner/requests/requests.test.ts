import { expect, test } from 'vitest';
import { reportOf } from '../../../src/core/report/report.ts';
import { replay } from '../../../src/core/apply/apply.ts';
import { measuredRollout, type Measured } from './measured-rollout.ts';

const timeout = 120_000;
const kinds = ['2.x', '3.x'] as const;

function counted({ requests }: Measured): string {
  const byRequest = Map.groupBy(requests, (one) => one);
  return [...byRequest].map(([one, all]) => `${all.length} ${one}`).join('\n');
}

test.concurrent.for(kinds)(
  'on %s a rollout of three asks a server node sixty times at most',
  {
    timeout,
  },
  async (kind) => {
    const measured = await measuredRollout({ kind, isTelling: true, count: 3 });
    console.log(`${kind}: ${measured.requests.length} requests\n${counted(measured)}`);
    expect(measured.requests.length, counted(measured)).toBeLessThanOrEqual(60);
    const { events } = measured;
    const rollout = replay(events);
    if (rollout === undefined) throw new Error('nothing was rolled');
    const { asked } = reportOf(rollout, events);
    // The ledger is closed before the lease is given back.
    const total = asked.reduce((sum, { count }) => sum + count, 0);
    expect(measured.requests.length - total).toBeLessThanOrEqual(2);
    expect(asked.find((one) => one.kind === 'writes')).toMatchObject({ count: 6, failed: 0 });
    expect(asked.map(({ kind: what }) => what)).toEqual([
      'consumers',
      'lease',
      'lists',
      'server',
      'settings',
      'subscribers',
      'writes',
    ]);
  },
);

test.concurrent.for(kinds)(
  'on %s, where nobody is told of changes, it asks less than half of what it did',
  {
    timeout,
  },
  async (kind) => {
    const measured = await measuredRollout({ kind, isTelling: false, count: 3 });
    console.log(`${kind}, not told: ${measured.requests.length} requests\n${counted(measured)}`);
    expect(measured.requests.length, counted(measured)).toBeLessThanOrEqual(130);
  },
);

test.concurrent('while it drains it asks no more than twenty times a minute', { timeout }, async () => {
  const drainMs = 12_000;
  const { draining } = await measuredRollout({ kind: '2.x', isTelling: true, count: 1, drainMs });
  console.log(`${draining} requests in ${drainMs / 1000} s`);
  expect(draining).toBeLessThanOrEqual((20 * drainMs) / 60_000 + 1);
});

test.concurrent('who may have come beside targets is asked for once for all of them', {
  timeout,
}, async () => {
  const together = { deployMs: 11_000 };
  const measured = await measuredRollout({ kind: '2.x', isTelling: true, count: 3, companions: 1, together });
  const asked = measured.deploying.filter((one) => one.endsWith('/catalog/services'));
  console.log(`${asked.length} for lists of services in ${together.deployMs / 1000} s`);
  // A look takes two: how many they are, and which.
  expect(asked.length).toBeLessThanOrEqual(6);
  expect(asked.length).toBeGreaterThan(0);
});

test.concurrent.for(kinds)(
  'on %s a process with fifty further registrations asks a fifth of what it did at most',
  {
    timeout,
  },
  async (kind) => {
    const measured = await measuredRollout({ kind, isTelling: true, count: 1, companions: 50 });
    console.log(`${kind}: ${measured.requests.length} requests for 51 services\n${counted(measured)}`);
    expect(measured.requests.length, counted(measured)).toBeLessThanOrEqual(2000);
  },
);
