import { expect, test } from 'vitest';
import { allRead } from '../../../src/core/registry/listed.ts';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { type Instance, serviceKey } from '../../../src/core/registry/service.ts';
import { makeReview } from '../../../src/runner/review/make-review.ts';
import type { Finding } from '../../../src/runner/review/review.ts';
import { fakeRegistry, instance } from '../../cli/support/fake-registry.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { anyCommand } from '../../support/any-command.ts';
import { noEvidence } from '../../support/no-evidence.ts';

const drains = { drain: { floor: '1s' }, deploy: { run: 'true' } } as const;

function planOf(
  list: readonly Instance[],
  alreadyOff?: 'take-along',
  overrides: readonly string[] = [],
): Plan {
  const made = makePlan(
    {
      version: 1,
      defaults: { ...drains, minimum: 2 },
      stages: [{ services: [{ service: 'orders' }] }],
      ...(alreadyOff && { alreadyOff }),
    },
    {
      namespace: 'public',
      group: 'DEFAULT_GROUP',
      overrides,
      lists: (id) => list.filter((one) => serviceKey(one) === serviceKey(id)),
    },
  );
  if (!made.ok) throw new Error(made.problem.kind);
  return made.plan;
}

async function findingsOf(list: Instance[], plan: Plan): Promise<readonly Finding[]> {
  const review = await makeReview(
    {
      clock: virtualClock(),
      registry: fakeRegistry(list),
      probe,
      evidence: noEvidence,
      commands: anyCommand,
      takenOff: ({ ip }) =>
        ip === '10.0.0.4'
          ? { rollout: '7f3a', by: 'ann@bastion', at: '2026-11-21T20:00:00.000Z' }
          : undefined,
    },
    plan,
  );
  return review.findings;
}

const probe = async () => ({ kind: 'good', ms: 1 }) as const;
const three = (): Instance[] => ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((ip) => instance('orders', ip, 80));
const off = (ip: string): Instance => instance('orders', ip, 80, { enabled: false });

test('what cannot be read of a touched service is named once, however many nodes list it', async () => {
  const registry = fakeRegistry(three());
  const nobody = { service: 'orders', field: 'ip', found: 'null' };
  registry.unreadable = [nobody, nobody, { ...nobody, service: 'shop' }];
  registry.nodes = async () => ({ ok: true, value: { items: [], unreadable: [{ field: 'address' }] } });
  const both = { ...registry, nodeAddresses: ['http://a:8848', 'http://b:8848'] };
  const world = { clock: virtualClock(), registry: both, probe, evidence: noEvidence, commands: anyCommand };
  const { findings } = await makeReview(world, planOf(three()));
  expect(findings.filter(({ kind }) => kind === 'unreadable')).toEqual([
    { level: 'warning', kind: 'unreadable', service: 'orders', records: [nobody, nobody] },
  ]);
  expect(findings).toContainEqual({
    level: 'warning',
    kind: 'member-unreadable',
    record: { field: 'address' },
  });
});

test('the last one of a cluster is a warning, once a cluster', async () => {
  const list = three().map((one, index) => ({ ...one, cluster: index === 0 ? 'north' : 'south' }));
  const findings = await findingsOf(list, planOf(list));
  expect(findings.filter(({ kind }) => kind === 'last-of-cluster')).toEqual([
    { level: 'warning', kind: 'last-of-cluster', service: 'orders', cluster: 'north', target: '10.0.0.1:80' },
  ]);
});

test('what is off already is named, with who did it where the journals know', async () => {
  const list = [...three(), off('10.0.0.4'), off('10.0.0.5')];
  const left = await findingsOf(list, planOf(list));
  expect(left.filter(({ kind }) => kind === 'already-off')).toMatchObject([
    { instance: '10.0.0.4:80', isTakenAlong: false, takenOff: { rollout: '7f3a', by: 'ann@bastion' } },
    { instance: '10.0.0.5:80', isTakenAlong: false },
  ]);
  const taken = await findingsOf(list, planOf(list, 'take-along'));
  expect(taken.filter(({ kind }) => kind === 'already-off')).toMatchObject([
    { instance: '10.0.0.4:80', isTakenAlong: true },
    { instance: '10.0.0.5:80', isTakenAlong: true },
  ]);
});

test('a weight that is a part of what it was is named, and planned as the whole', async () => {
  const list = three().map((one, index) => ({ ...one, weight: index === 0 ? 0.5 : 5 }));
  const left = { full: 5, written: [2.5, 0.5], rollout: '7f3a' };
  const world = {
    clock: virtualClock(),
    registry: fakeRegistry(list),
    probe,
    evidence: noEvidence,
    commands: anyCommand,
    partLeft: () => left,
  };
  const { findings, plan } = await makeReview(world, planOf(list));
  const found = findings.filter(({ kind }) => kind === 'part-of-weight');
  expect(found).toMatchObject([{ instance: '10.0.0.1:80', weight: 0.5, full: 5, rollout: '7f3a' }]);
  const planned = plan.targets.map(({ registrations: [one] }) => [one?.weight, one?.parts]);
  expect(planned).toEqual([
    [5, [2.5, 0.5]],
    [5, undefined],
    [5, undefined],
  ]);
});

test('a minimum that cannot be met is refused with the number that works, unless overridden', async () => {
  const list = three().slice(1);
  expect(await findingsOf(list, planOf(list))).toContainEqual({
    level: 'refused',
    kind: 'minimum-impossible',
    service: 'orders',
    minimum: 2,
    wouldWork: 1,
    wouldWorkPercent: 50,
  });
  const overridden = await findingsOf(list, planOf(list, undefined, ['orders']));
  expect(overridden.filter(({ level }) => level === 'refused')).toEqual([]);
});

test('a member is one of ours in every spelling of its address', async () => {
  const list = three();
  const registry = fakeRegistry(list);
  Object.assign(registry, { nodeAddresses: ['http://[2001:db8::1]:8848', 'http://NACOS-2:8848'] });
  const members = ['[2001:DB8:0:0:0:0:0:1]:8848', 'nacos-2:8848', '[2001:db8::3]:8848'];
  registry.nodes = async () => ({
    ok: true,
    value: allRead(members.map((address) => ({ address, state: 'UP', leader: address }))),
  });
  const review = await makeReview(
    { clock: virtualClock(), registry, probe, evidence: noEvidence, commands: anyCommand },
    planOf(list),
  );
  expect(review.findings.filter(({ kind }) => kind === 'node-not-accepted')).toEqual([
    { level: 'warning', kind: 'node-not-accepted', address: '[2001:db8::3]:8848' },
  ]);
});

test('a member of the cluster that nobody accepted is named, and not asked', async () => {
  const list = three();
  const registry = fakeRegistry(list);
  const asked: (string | undefined)[] = [];
  const instances = registry.instances.bind(registry);
  registry.instances = (id, options) => {
    asked.push(options?.node);
    return instances(id, options);
  };
  const member = (address: string) => ({ address, state: 'UP', leader: '127.0.0.1:7848' });
  registry.nodes = async () => ({
    ok: true,
    value: allRead([member('127.0.0.1:8848'), member('10.9.9.9:8848')]),
  });
  const review = await makeReview(
    {
      clock: virtualClock(),
      registry,
      probe,
      evidence: noEvidence,
      commands: anyCommand,
    },
    planOf(list),
  );
  expect(review.findings).toContainEqual({
    level: 'warning',
    kind: 'node-not-accepted',
    address: '10.9.9.9:8848',
  });
  expect(review.nodes).toEqual(['http://127.0.0.1:8848']);
  expect(new Set(asked)).toEqual(new Set(['http://127.0.0.1:8848']));
});

test('says which write was sent to learn whether we may write', async () => {
  const registry = fakeRegistry(three());
  const trial = { method: 'PATCH', url: 'http://127.0.0.1:8848/nacos/v1/ns/instance', hasToken: true };
  registry.trialOf = () => trial;
  const world = { clock: virtualClock(), registry, probe, evidence: noEvidence, commands: anyCommand };
  const ofPermission = async (): Promise<readonly Finding[]> =>
    (await makeReview(world, planOf(three()))).findings.filter(({ kind }) => kind === 'permission');
  expect(await ofPermission()).toMatchObject([{ may: 'yes', trial }]);
  registry.mayWrite = async () => ({ ok: true, value: 'unknown' });
  expect(await ofPermission()).not.toMatchObject([{ trial }]);
});

test('an address of the plan that is registered twice by now is refused; another one is named, and counts once', async () => {
  const plan = planOf(three());
  const twin = (ip: string): Instance => instance('orders', ip, 80, { cluster: 'B', weight: 9 });
  const own = await findingsOf([...three(), twin('10.0.0.1')], plan);
  expect(own).toContainEqual(
    expect.objectContaining({
      level: 'refused',
      kind: 'guard',
      target: '10.0.0.1:80',
      refusal: expect.objectContaining({ kind: 'registered-twice', instance: '10.0.0.1:80' }),
    }),
  );
  const other = await findingsOf(
    [...three(), off('10.0.0.9'), twin('10.0.0.8'), { ...twin('10.0.0.8'), weight: 1 }],
    plan,
  );
  expect(other).toContainEqual(
    expect.objectContaining({ level: 'warning', kind: 'registered-twice', instance: '10.0.0.8:80' }),
  );
  expect(other).toContainEqual(
    expect.objectContaining({ kind: 'capacity', forecast: expect.objectContaining({ now: 4, after: 3 }) }),
  );
});

test('a receiver whose URL or secret is not where the plan says is warned of', async () => {
  const on = ['failed'] as const;
  const to = [
    { name: 'dingtalk', kind: 'dingtalk', url: 'env:URL', secret: 'env:NIX', on },
    { name: 'webhook', kind: 'webhook', url: 'https://ci.example/hook', on },
  ] as const;
  const canRead = (reference: string): boolean => reference !== 'env:NIX';
  const registry = fakeRegistry(three());
  const world = {
    clock: virtualClock(),
    registry,
    probe,
    evidence: noEvidence,
    commands: anyCommand,
    canRead,
  };
  const { findings } = await makeReview(world, { ...planOf(three()), notify: { to } });
  expect(findings.filter(({ kind }) => kind === 'receiver-unreadable')).toEqual([
    { level: 'warning', kind: 'receiver-unreadable', receiver: 'dingtalk', reference: 'env:NIX' },
  ]);
});
