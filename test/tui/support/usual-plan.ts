import { reachedAt } from '../../support/reached.ts';
import type { Reached } from '../../../src/core/registry/connection-spec.ts';
import type { Plan, Registration, Target } from '../../../src/core/plan/plan.ts';
import type { Instance } from '../../../src/core/registry/service.ts';
import type { ObservedService } from '../../../src/runner/ports/protocol.ts';
import { dubbo, instanceOf, orders, usualInstances } from './fake-registry.ts';

export const reached: Reached = { ...reachedAt('http://10.0.0.1:8848'), profile: 'prod-sh' };

function registration(instance: Instance): Registration {
  const { enabled: wasEnabled, healthy: _healthy, ...rest } = instance;
  return { ...rest, wasEnabled };
}

function targetAt(ip: string, batch: number): Target {
  return {
    name: `${ip}:8080`,
    stage: '1',
    batch,
    registrations: [registration(instanceOf(orders, ip, 8080)), registration(instanceOf(dubbo, ip, 20_880))],
    drain: { ms: 40_000, consumers: 'spring-cloud' },
    deploy: { run: './redeploy.sh', timeoutMs: 600_000 },
    check: { kind: 'tcp', isDefault: true, successes: 3, withinMs: 180_000 },
  };
}

export function planOfThree(): Plan {
  return {
    version: 1,
    profile: 'prod-sh',
    targets: ['10.0.0.11', '10.0.0.12', '10.0.0.13'].map(targetAt),
    minimums: [{ ...orders, minimum: 1 }],
    overrides: [],
    onFailure: 'stop',
    onUnknown: 'ask',
    decideWithinMs: 3_600_000,
  };
}

/** What every node lists, but for what `change` says. */
export function observed(
  nodes: readonly string[],
  change: (instance: Instance, node: string) => Partial<Instance> = () => ({}),
): readonly ObservedService[] {
  return [orders, dubbo].map((service) => ({
    service,
    nodes: nodes.map((node) => ({
      node,
      consumers: [],
      unreadable: [],
      instances: usualInstances
        .filter((each) => each.service === service.service)
        .map((each) => ({ ...each, ...change(each, node) })),
    })),
  }));
}

/** The same, and its drains watch who still calls. */
export function planByEvidence(): Plan {
  const plan = planOfThree();
  const watch = {
    evidence: [{ kind: 'connections' }],
    floorMs: 5000,
    ceilingMs: 180_000,
    certainty: 0.999,
  } as const;
  const targets = plan.targets.map((target) => ({ ...target, drain: { ...target.drain, watch } }));
  return { ...plan, targets };
}
