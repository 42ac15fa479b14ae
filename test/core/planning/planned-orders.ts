import { makePlan } from '../../../src/core/planning/make-plan.ts';
import type { PlanContext } from '../../../src/core/planning/plan-context.ts';
import { type PlanFile, planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { type Instance, serviceKey } from '../../../src/core/registry/service.ts';
import { instance } from '../../cli/support/fake-registry.ts';

/** Four instances of orders, and plans that are made for them. */
export const home = { namespace: 'public', group: 'DEFAULT_GROUP' };

export const dubbo = 'providers:com.acme.Orders:1.0.0:';

export function contextOf(listed: readonly Instance[]): PlanContext {
  return {
    ...home,
    lists: (id) => {
      const found = listed.filter((one) => serviceKey(one) === serviceKey(id));
      return found.length === 0 ? undefined : found;
    },
  };
}

export function fileOf(entry: object, rest: object = {}): PlanFile {
  return planFileSchema.parse({
    version: 1,
    defaults: { deploy: { run: './redeploy.sh' } },
    stages: [{ services: [{ service: 'orders', ...entry }] }],
    ...rest,
  });
}

export const ips = ['10.0.0.10', '10.0.0.9', '10.0.0.11', '10.0.0.12'];

export const orders = ips.map((ip, index) =>
  instance('orders', ip, 8080, { weight: 4 - index, metadata: { zone: index % 2 === 0 ? 'b' : 'a' } }),
);

export function planOf(file: PlanFile, listed: readonly Instance[] = orders) {
  const made = makePlan(file, contextOf(listed));
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  return made.plan;
}
