import { expect, test } from 'vitest';
import { findings as english } from '../../../src/i18n/en/findings.ts';
import { findings as chinese } from '../../../src/i18n/zh-cn/findings.ts';
import { say } from '../../../src/i18n/grammar/say.ts';
import { reviewWarmUp } from '../../../src/runner/review/review-consumers.ts';
import type { ServiceConsumers } from '../../../src/runner/review/read-consumers.ts';
import type { ServerInfo } from '../../../src/world/registry.ts';
import { plainScenario } from '../../simulation/run-plain.ts';

const { plan } = plainScenario(1, (one) => ({
  ...one,
  targets: one.targets.map((target) => ({ ...target, warmUp: { ms: 60_000, percents: [10, 50] } })),
}));
const [service] = plan.targets[0]?.registrations ?? [];
if (service === undefined) throw new Error('the plan of this test is none');

function server(keepsEveryWeight: boolean): ServerInfo {
  const traits = {
    remembersMs: 60_000,
    isHidingDisabled: false,
    mayMarkAbsent: true,
    needsJavaAgent: false,
    keepsEveryWeight,
    isLeaderKnown: true,
    hasV1Client: true,
  };
  return { product: keepsEveryWeight ? 'nacos' : 'r-nacos', version: '0.8.8', dialect: 'v1', traits };
}

function consumedBy(...agents: readonly string[]): ServiceConsumers {
  if (service === undefined) throw new Error('there is none');
  const consumers = agents.map((agent, index) => ({ address: `10.0.1.${index}`, agent, app: '' }));
  return { service, consumers, isEach: true };
}

test.each([
  [['Nacos-Java-Client:v2.4.2'], ['spring-cloud']],
  [
    ['Nacos-Java-Client:v1.4.6', 'dubbo'],
    ['legacy', 'dubbo'],
  ],
  [[], ['spring-cloud']],
] as const)('consumed by %j, it says of %j who goes by weights', (agents, kinds) => {
  const [finding, ...others] = reviewWarmUp(plan, server(true), [consumedBy(...agents)]);
  expect(finding).toEqual({ level: 'warning', kind: 'warm-up', service: 'orders', kinds });
  expect(others).toEqual([]);
});

test('in words, it names what a consumer needs', () => {
  const [finding] = reviewWarmUp(plan, server(true), [consumedBy('Nacos-Java-Client:v2.4.2')]);
  if (finding === undefined) throw new Error('nothing was found');
  for (const language of [english, chinese])
    expect(say(language, finding)).toContain('spring.cloud.loadbalancer.nacos.enabled=true');
});

test('where not every weight is kept, a warm-up is refused', () => {
  const found = reviewWarmUp(plan, server(false), [consumedBy()]);
  expect(found).toEqual([{ level: 'refused', kind: 'warm-up-impossible', version: 'r-nacos 0.8.8' }]);
});

test('without a warm-up there is nothing to say', () => {
  expect(reviewWarmUp(plainScenario(1).plan, server(false), [consumedBy()])).toEqual([]);
});
