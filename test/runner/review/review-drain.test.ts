import { expect, test } from 'vitest';
import { consumerKindOf, consumerText } from '../../../src/core/drain/consumers.ts';
import type { Evidence } from '../../../src/core/drain/evidence.ts';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import type { FileDrain } from '../../../src/core/plan/drain-file.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { type Instance, serviceKey } from '../../../src/core/registry/service.ts';
import type { Reading } from '../../../src/core/rollout/failure.ts';
import { wordsOf } from '../../../src/i18n/words.ts';
import { makeReview } from '../../../src/runner/review/make-review.ts';
import type { Finding } from '../../../src/runner/review/review.ts';
import type { Subscriber } from '../../../src/world/registry.ts';
import type { EvidenceProbe } from '../../../src/world/world.ts';
import { fakeRegistry, instance } from '../../cli/support/fake-registry.ts';
import { anyCommand } from '../../support/any-command.ts';
import { noEvidence } from '../../support/no-evidence.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

const interfaces = 'providers:com.acme.Orders:1.0.0:';
const gateway: Subscriber = { address: '10.9.0.1:0', agent: 'Nacos-Java-Client:v2.4.2', app: 'gateway' };
const shop: Subscriber = { address: '10.9.0.2', agent: 'Nacos-Java-Client:v2.4.2', app: 'unknown' };
const old: Subscriber = { address: '10.9.0.3:51002', agent: 'Nacos-Java-Client:v1.4.6', app: 'old' };

const three = (): Instance[] => ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((ip) => instance('orders', ip, 80));

function planOf(list: readonly Instance[], drain: FileDrain, companion?: string): Plan {
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
};

async function review(drain: FileDrain, given: Given = {}): Promise<readonly Finding[]> {
  const { subscribers = [gateway], evidence = noEvidence, list = three(), companion } = given;
  const registry = fakeRegistry(list);
  registry.consumers = async () => ({ ok: true, value: subscribers });
  const world = {
    clock: virtualClock(),
    registry,
    probe: async () => ({ kind: 'good', ms: 1 }) as const,
    evidence,
    commands: anyCommand,
  };
  return (await makeReview(world, planOf(list, drain, companion))).findings;
}

const of = (findings: readonly Finding[], kind: Finding['kind']): readonly Finding[] =>
  findings.filter((finding) => finding.kind === kind);
const sentences = (findings: readonly Finding[], language: 'en' | 'zh-CN' = 'en'): readonly string[] =>
  findings.map((finding) => wordsOf(language).failures.finding(finding));

function telling(isPerCaller: boolean): EvidenceProbe {
  return async () => ({ kind: 'read', reading: { unit: 'calls', isPerCaller, counters: [] } });
}

test.each<[Subscriber, string, string]>([
  [gateway, 'orders', 'spring-cloud'],
  [{ ...gateway, agent: 'Nacos-Java-Client:v3.1.0' }, 'orders', 'spring-cloud'],
  [{ ...gateway, agent: 'Nacos-Go-Client:v2.2.7' }, 'orders', 'spring-cloud'],
  [{ ...gateway, agent: '' }, 'orders', 'spring-cloud'],
  [gateway, interfaces, 'dubbo'],
  [{ ...gateway, agent: 'DubboClient:3.2' }, 'orders', 'dubbo'],
  [old, 'orders', 'legacy'],
  [old, interfaces, 'legacy'],
  [{ ...old, address: '10.9.0.3' }, 'orders', 'legacy'],
  [{ ...gateway, address: '10.9.0.1:50123' }, 'orders', 'legacy'],
])('%j of %s is taken for %s', (subscriber, service, kind) => {
  expect(consumerKindOf(subscriber, service)).toBe(kind);
});

test('a consumer is named with what is known of it', () => {
  expect(consumerText(gateway)).toBe('10.9.0.1:0 (gateway, Nacos-Java-Client:v2.4.2)');
  expect(consumerText({ address: '10.9.0.1', agent: '', app: 'unknown' })).toBe('10.9.0.1');
});

test('who consumes each touched service is listed, with the drain that they need', async () => {
  const list = three().flatMap((one) => [one, { ...one, service: interfaces, port: 20_880 }]);
  const given = { list, companion: interfaces, subscribers: [shop, gateway] };
  const found = of(await review({ consumers: 'spring-cloud' }, given), 'consumers');
  expect(found).toMatchObject([
    { level: 'good', service: 'orders', assumed: 'spring-cloud', neededMs: 40_000, plannedMs: 40_000 },
    { level: 'good', service: interfaces, assumed: 'dubbo', neededMs: 10_000 },
  ]);
  expect(sentences(found)[0]).toBe(
    'orders is consumed by 10.9.0.1 (gateway, Nacos-Java-Client:v2.4.2), 10.9.0.2 (Nacos-Java-Client:v2.4.2); the slowest is taken for spring-cloud, which may call for 40 s after a disable.',
  );
  expect(sentences(found, 'zh-CN')[0]).toContain('最慢的按 spring-cloud 看待');
});

test('a plan that waits less than its consumers need is warned of, and changed in nothing', async () => {
  const found = of(await review({ floor: '10s' }, { subscribers: [gateway, old] }), 'consumers');
  expect(found).toMatchObject([{ level: 'warning', assumed: 'legacy', neededMs: 50_000, plannedMs: 10_000 }]);
  expect(sentences(found)[0]).toContain('the plan waits 10 s: give --drain legacy, unless you know them');
  expect(sentences(found, 'zh-CN')[0]).toContain('计划只等 10 秒');
});

test('nobody that is named is no reason to wait longer or less', async () => {
  const found = of(await review({ floor: '1s' }, { subscribers: [] }), 'consumers');
  expect(found).toMatchObject([{ level: 'good', consumers: [] }]);
  expect(sentences(found)).toEqual([
    'Nacos names nobody who consumes orders: who only asks for its list is not named.',
  ]);
});

test('a list of consumers that cannot be read is said, and refuses nothing', async () => {
  const list = three();
  const registry = fakeRegistry(list);
  registry.consumers = async () => ({ ok: true, value: undefined });
  registry.subscribers = async () => ({
    ok: false,
    error: { kind: 'unreachable', addresses: ['http://a:8848'], detail: 'ECONNREFUSED' },
  });
  const world = {
    clock: virtualClock(),
    registry,
    probe: async () => ({ kind: 'good', ms: 1 }) as const,
    evidence: telling(true),
    commands: anyCommand,
  };
  const plan = planOf(list, { evidence: 'connections' });
  const { findings } = await makeReview(world, plan);
  expect(findings.filter(({ level }) => level === 'refused')).toEqual([]);
  expect(sentences(of(findings, 'consumers-unknown'))[0]).toContain('Who consumes orders cannot be read');
  expect(of(findings, 'evidence')).toMatchObject([{ level: 'warning', because: ['unknown-consumers'] }]);
});

test('where clients cannot be told one by one, subscribers of every node are listed, each once', async () => {
  const list = three();
  const registry = fakeRegistry(list);
  const told: Record<string, readonly Subscriber[]> = {
    'http://a:8848': [gateway, shop],
    'http://b:8848': [{ ...gateway, address: '10.9.0.1' }, shop, old],
  };
  Object.assign(registry, { nodeAddresses: Object.keys(told) });
  registry.consumers = async () => ({ ok: true, value: undefined });
  registry.subscribers = async (_id, options) => ({ ok: true, value: told[options?.node ?? ''] ?? [] });
  const world = {
    clock: virtualClock(),
    registry,
    probe: async () => ({ kind: 'good', ms: 1 }) as const,
    evidence: telling(true),
    commands: anyCommand,
  };
  const { findings } = await makeReview(world, planOf(list, { evidence: 'connections' }));
  const [found] = of(findings, 'consumers');
  const consumers = found?.kind === 'consumers' ? found.consumers : [];
  expect(consumers.map(({ address }) => address)).toEqual(['10.9.0.1', '10.9.0.2', '10.9.0.3:51002']);
  expect(of(findings, 'evidence')).toMatchObject([{ because: ['unknown-consumers'] }]);
});

const readings: readonly (readonly [Reading, string, string])[] = [
  [{ kind: 'http-status', status: 404 }, 'HTTP 404, and 2xx was wanted', '404'],
  [{ kind: 'refused', detail: 'ECONNREFUSED' }, 'no connection (ECONNREFUSED)', 'ECONNREFUSED'],
  [{ kind: 'timed-out', afterMs: 2000 }, 'no answer within 2 s', '2 秒'],
  [{ kind: 'unexpected', expected: 'json', found: '<html>' }, 'JSON, but said <html>', '<html>'],
];

test.each(readings)(
  'a source that fails (%j) on a working instance refuses the review',
  async (why, en, zh) => {
    const url = 'http://{ip}:{port}/actuator';
    const evidence: EvidenceProbe = async (_source, { ip }) =>
      ip === '10.0.0.2' ? { kind: 'failed', why } : telling(true)({} as Evidence, {} as never, {} as never);
    const findings = await review({ evidence: { actuator: url } }, { evidence });
    const failed = of(findings, 'evidence-fails');
    expect(failed).toEqual([
      {
        level: 'refused',
        kind: 'evidence-fails',
        target: '10.0.0.2:80',
        source: `actuator ${url}`,
        reading: why,
      },
    ]);
    expect(sentences(failed)).toEqual([
      expect.stringMatching(
        /^The evidence actuator .* tells nothing of 10\.0\.0\.2:80, which works now .*or leave it out\.$/,
      ),
    ]);
    expect(sentences(failed)[0]).toContain(en);
    expect(sentences(failed, 'zh-CN')[0]).toContain(zh);
  },
);

test('a source is not tried on what is off already, nor what a rehearsal would have to run', async () => {
  const list = three();
  list[0] = instance('orders', '10.0.0.1', 80, { enabled: false });
  const asked: string[] = [];
  const evidence: EvidenceProbe = async (source, { ip }) => {
    asked.push(`${source.kind} ${ip}`);
    return { kind: 'failed', why: { kind: 'not-run' } };
  };
  const findings = await review({ evidence: 'connections' }, { list, evidence });
  expect(asked).toEqual(['connections 10.0.0.2', 'connections 10.0.0.3']);
  expect(findings.filter(({ level }) => level === 'refused')).toEqual([]);
  expect(sentences(of(findings, 'evidence'))[0]).toContain(
    'what runs a command is tried only before a real start',
  );
});

test('says of a service what ends its drain, and from where each limit is', async () => {
  const drain = {
    time: '60s',
    evidence: 'connections',
    floor: '3s',
    ceiling: '2m',
    certainty: '99.95%',
  } as const;
  const given = { evidence: telling(true), subscribers: [gateway, shop] };
  const found = of(await review(drain, given), 'evidence');
  expect(found).toMatchObject([{ level: 'good', because: [], isUntried: false }]);
  expect(sentences(found)).toEqual([
    'The drain of orders takes at least 3 s and 1 min without evidence (as given), earlier where it is 99.95% certain that nobody calls; while calls arrive it goes on, up to 2 min. Evidence: connections.',
  ]);
  expect(sentences(found, 'zh-CN')).toEqual([
    '服务 orders 的排空至少 3 秒，没有证据时 1 分钟（按所给时间），无人调用的可信度达到 99.95% 时提前结束；仍有调用则继续，最多 2 分钟。证据来源：connections。',
  ]);
});

test.each<[boolean, readonly Subscriber[], FileDrain['slowest'], readonly string[]]>([
  [true, [gateway], undefined, []],
  [true, [gateway, shop], undefined, []],
  [true, [gateway, gateway], undefined, ['several-consumers']],
  [true, [], undefined, ['unseen-consumer']],
  [false, [gateway], undefined, []],
  [false, [gateway, shop], undefined, ['several-consumers']],
  [false, [gateway, shop], '1/s', []],
])('callers apart: %j, consumers %j, slowest %j: lengthens only because %j', async (...given) => {
  const [isPerCaller, subscribers, slowest, because] = given;
  const drain = { evidence: 'connections', ...(slowest !== undefined && { slowest }) } as const;
  const found = of(await review(drain, { evidence: telling(isPerCaller), subscribers }), 'evidence');
  expect(found).toMatchObject([{ because, level: because.length === 0 ? 'good' : 'warning' }]);
  expect(sentences(found)[0]?.includes('never earlier, because')).toBe(because.length > 0);
});

test('a companion of which no source tells is no reason to refuse, and is waited for', async () => {
  const list = three().flatMap((one) => [one, { ...one, service: interfaces, port: 20_880 }]);
  const evidence: EvidenceProbe = async (source, registration, signal) =>
    registration.port === 80
      ? telling(true)(source, registration, signal)
      : { kind: 'failed', why: { kind: 'refused', detail: 'ECONNRESET' } };
  const drain = { evidence: { actuator: 'http://{ip}:{port}/actuator' } };
  const findings = await review(drain, { list, companion: interfaces, evidence });
  expect(findings.filter(({ level }) => level === 'refused')).toEqual([]);
  expect(of(findings, 'evidence')).toMatchObject([
    { service: 'orders', because: [] },
    { service: interfaces, because: ['uncovered'] },
  ]);
});
