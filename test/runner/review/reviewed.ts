import { makePlan } from '../../../src/core/planning/make-plan.ts';
import type { FileDrain } from '../../../src/core/plan/drain-file.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { type Instance, serviceKey } from '../../../src/core/registry/service.ts';
import { spoken } from '../../support/spoken.ts';
import { makeReview } from '../../../src/runner/review/make-review.ts';
import type { Finding } from '../../../src/runner/review/review.ts';
import type { Subscriber } from '../../../src/world/registry.ts';
import type { Clock } from '../../../src/world/clock.ts';
import type { EvidenceProbe } from '../../../src/world/world.ts';
import { fakeRegistry, instance } from '../../cli/support/fake-registry.ts';
import { anyCommand } from '../../support/any-command.ts';
import { noEvidence } from '../../support/no-evidence.ts';
import { hastyClock } from '../../support/time/hasty-clock.ts';

export const interfaces = 'providers:com.acme.Orders:1.0.0:';
export const gateway: Subscriber = {
  address: '10.9.0.1:0',
  agent: 'Nacos-Java-Client:v2.4.2',
  app: 'gateway',
};
export const shop: Subscriber = { address: '10.9.0.2', agent: 'Nacos-Java-Client:v2.4.2', app: 'unknown' };
export const old: Subscriber = { address: '10.9.0.3:51002', agent: 'Nacos-Java-Client:v1.4.6', app: 'old' };

export const three = (): Instance[] =>
  ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((ip) => instance('orders', ip, 80));

export function planOf(list: readonly Instance[], drain: FileDrain, companion?: string): Plan {
  const companions = companion === undefined ? {} : { companions: [{ service: companion }] };
  const made = makePlan(
    {
      version: 1,
      defaults: { drain, deploy: { run: 'true' } },
      stages: [{ services: [{ service: 'orders', ...companions }] }],
    },
    {
      namespace: 'public',
      group: 'DEFAULT_GROUP',
      lists: (id) => list.filter((one) => serviceKey(one) === serviceKey(id)),
    },
  );
  if (!made.ok) throw new Error(made.problem.kind);
  return made.plan;
}

type Given = {
  readonly subscribers?: readonly Subscriber[];
  readonly evidence?: EvidenceProbe;
  readonly list?: Instance[];
  readonly companion?: string;
  readonly clock?: Clock;
};

export async function review(drain: FileDrain, given: Given = {}): Promise<readonly Finding[]> {
  const { subscribers = [gateway], evidence = noEvidence, list = three(), companion } = given;
  const { clock = hastyClock() } = given;
  const registry = fakeRegistry(list);
  registry.consumers = async () => ({ ok: true, value: subscribers });
  const world = {
    clock,
    registry,
    probe: async () => ({ kind: 'good', ms: 1 }) as const,
    evidence,
    commands: anyCommand,
  };
  return (await makeReview(world, planOf(list, drain, companion))).findings;
}

export const of = (findings: readonly Finding[], kind: Finding['kind']): readonly Finding[] =>
  findings.filter((finding) => finding.kind === kind);
export const sentences = (findings: readonly Finding[], language: 'en' | 'zh-CN' = 'en'): readonly string[] =>
  findings.map((finding) => spoken[language].failures.finding(finding));

export function telling(isPerCaller: boolean): EvidenceProbe {
  return async () => ({ kind: 'read', reading: { unit: 'calls', isPerCaller, counters: [] } });
}
