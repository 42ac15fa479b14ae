import { expect, test } from 'vitest';
import type { FileDrain } from '../../../src/core/plan/drain-file.ts';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import { type Instance, serviceKey } from '../../../src/core/registry/service.ts';
import { makeReview } from '../../../src/runner/review/make-review.ts';
import type { EvidenceProbe } from '../../../src/world/world.ts';
import { fakeRegistry, instance } from '../../cli/support/fake-registry.ts';
import { anyCommand } from '../../support/any-command.ts';
import { hastyClock } from '../../support/time/hasty-clock.ts';
import { of, sentences } from './reviewed.ts';

const list: readonly Instance[] = [1, 2, 3, 4].map((at) =>
  instance('orders', `10.0.0.${at}`, 80, { cluster: at < 3 ? 'A' : 'B' }),
);
const watched: FileDrain = { time: '40s', evidence: 'connections' };

function made(drain: FileDrain = watched, rest: object = {}) {
  return makePlan(
    {
      version: 1,
      defaults: { drain, deploy: { run: 'true' } },
      stages: [{ services: [{ service: 'orders', order: { by: 'traffic' }, ...rest }] }],
    },
    {
      namespace: 'public',
      group: 'DEFAULT_GROUP',
      lists: (id) => list.filter((one) => serviceKey(one) === serviceKey(id)),
    },
  );
}

/** Calls a second by the last number of the ip; what is not there is not told of. */
const calling =
  (rates: Readonly<Record<string, number>>): EvidenceProbe =>
  async (_source, { ip }) => {
    const rate = rates[ip.slice(-1)];
    if (rate === undefined) return { kind: 'failed', why: { kind: 'not-run' } };
    const value = (clock.monotonic() / 1000) * rate;
    return {
      kind: 'read',
      reading: { unit: 'calls', isPerCaller: true, counters: [{ caller: 'gateway', key: 'a', value }] },
    };
  };
let clock = hastyClock();

async function reviewed(evidence: EvidenceProbe, rest: object = {}) {
  clock = hastyClock();
  const plan = made(watched, rest);
  if (!plan.ok) throw new Error(plan.problem.kind);
  const registry = fakeRegistry([...list]);
  const probe = async () => ({ kind: 'good', ms: 1 }) as const;
  const review = await makeReview({ clock, registry, probe, evidence, commands: anyCommand }, plan.plan);
  const order = review.plan.targets.map(({ name, batch }) => `${name} ${batch}`);
  return { order, findings: of(review.findings, 'by-traffic') };
}

test('who is called least goes first, and each place keeps its batch', async () => {
  const { order, findings } = await reviewed(calling({ 1: 30, 2: 0, 3: 20, 4: 10 }), { batch: 2 });
  expect(order).toEqual(['10.0.0.2:80 0', '10.0.0.4:80 0', '10.0.0.3:80 1', '10.0.0.1:80 1']);
  expect(findings).toMatchObject([{ level: 'good', service: 'orders' }]);
  expect(sentences(findings)[0]).toMatch(
    /^orders goes by traffic: 10\.0\.0\.2:80 \(0\/s\), 10\.0\.0\.4:80 \(\d+(\.\d)?\/s\), /,
  );
  expect(sentences(findings, 'zh-CN')[0]).toContain('10.0.0.2:80（每秒 0 次）');
});

test('where nothing was measured the order is that of the addresses, and said not to be known', async () => {
  const { order, findings } = await reviewed(calling({}));
  expect(order).toEqual(['10.0.0.1:80 0', '10.0.0.2:80 1', '10.0.0.3:80 2', '10.0.0.4:80 3']);
  expect(findings).toMatchObject([{ level: 'warning' }]);
  expect(sentences(findings)[0]).toContain('was not measured');
});

test('one zone goes after the other all the same', async () => {
  const rates = calling({ 1: 30, 2: 20, 3: 1, 4: 0 });
  const { order } = await reviewed(rates, { zones: { by: 'cluster' } });
  expect(order.map((name) => name.slice(0, 8))).toEqual(['10.0.0.2', '10.0.0.1', '10.0.0.4', '10.0.0.3']);
});

test('without evidence nobody can tell', () => {
  expect(made({ time: '40s' })).toMatchObject({ ok: false, problem: { kind: 'order-without-evidence' } });
});
