import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { makePlan } from '../../../src/core/planning/make-plan.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { switchOnce } from '../../../src/runner/once/switch-once.ts';
import type { SwitchOutcome, SwitchRequest } from '../../../src/runner/once/switch-request.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { type FakeRegistry, fakeRegistry, instance } from '../../cli/support/fake-registry.ts';

const dubbo = 'providers:com.acme.Orders:1.0.0:';
const list = ['10.0.0.5', '10.0.0.6', '10.0.0.7'].flatMap((ip) => [
  instance('orders', ip, 8080),
  instance(dubbo, ip, 20_880, { group: 'DUBBO_GROUP' }),
]);

function planOfOne(leave: object = {}): Plan {
  const service = {
    service: 'orders',
    instances: ['10.0.0.5:8080'],
    companions: [{ service: dubbo, group: 'DUBBO_GROUP' }],
    deploy: { run: 'true' },
    ...leave,
  };
  const made = makePlan(planFileSchema.parse({ version: 1, stages: [{ services: [service] }] }), {
    namespace: 'public',
    group: 'DEFAULT_GROUP',
    lists: (id) => list.filter((one) => one.service === id.service),
  });
  if (!made.ok) throw new Error('no plan');
  return made.plan;
}

/** Its plan is made, then somebody else takes the main registration off, then it is taken off. */
async function takeOff(
  plan: Plan,
  registry: FakeRegistry,
  rest: Partial<SwitchRequest> = {},
): Promise<SwitchOutcome> {
  const [target] = plan.targets;
  if (target === undefined) throw new Error('no target');
  registry.list = list.map((one) =>
    one.ip === '10.0.0.5' && one.port === 8080 ? { ...one, enabled: false } : one,
  );
  const clock = virtualClock();
  const request = { registry, clock, plan, target, enabled: false, ...rest };
  return whileRunning(switchOnce(request), () => clock.advance(200));
}

/** Whether the main registration is on, and the companion. */
const areOn = ({ list: now }: FakeRegistry): readonly boolean[] =>
  now.filter(({ ip }) => ip === '10.0.0.5').map(({ enabled }) => enabled);

test('what somebody took off since the plan was made stays off when the rest cannot go', async () => {
  const registry = fakeRegistry([]);
  const error = { kind: 'no-leader', detail: 'x' } as const;
  registry.writeOutcome = ({ instance: { port }, enabled }) =>
    port === 20_880 && !enabled ? { kind: 'refused', error } : undefined;
  const outcome = await takeOff(planOfOne(), registry);
  expect(outcome).toMatchObject({ ok: false, hasWritten: false, mayBeOff: [] });
  expect(areOn(registry)).toEqual([false, true]);
});

test('what somebody took off since the plan was made is off, and not because of us', async () => {
  const registry = fakeRegistry([]);
  const facts: Fact[] = [];
  const notes = { by: 'ann@bastion', record: (fact: Fact): void => void facts.push(fact) };
  expect(await takeOff(planOfOne(), registry, { notes })).toMatchObject({ ok: true });
  expect(areOn(registry)).toEqual([false, false]);
  expect(registry.writes.map(({ instance: { port } }) => port)).toEqual([20_880]);
  const ours = facts.flatMap((fact) => (fact.type === 'read-back' ? [fact.registration] : []));
  expect(ours).toEqual([1]);
});

test('what stays off though its application did not leave is named: it was asked to', async () => {
  const registry = fakeRegistry([]);
  const reading = { kind: 'http-status', status: 500 } as const;
  const plan = planOfOne({ leave: { http: 'POST http://{ip}:{port}/leave' } });
  const outcome = await takeOff(plan, registry, { ask: async () => reading });
  expect(outcome).toMatchObject({ ok: false, hasWritten: true, mayBeOff: ['orders 10.0.0.5:8080'] });
  expect(areOn(registry)).toEqual([false, true]);
});
