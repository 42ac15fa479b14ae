import { expect, test } from 'vitest';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { drainOf, drainProblem } from '../../../src/core/plan/drain-settings.ts';
import { type FileDrain, parseCertainty, parseSlowest } from '../../../src/core/plan/drain-file.ts';
import { planProblems } from '../../../src/i18n/en/plan-problems.ts';
import { planProblems as planProblemsZhCn } from '../../../src/i18n/zh-cn/plan-problems.ts';
import { say } from '../../../src/i18n/grammar/say.ts';

const url = 'http://{ip}:{port}/actuator';
const usual = { floorMs: 5000, ceilingMs: 180_000, certainty: 0.999 };
const connections = { kind: 'connections' } as const;

test.each<[FileDrain | undefined, object]>([
  [undefined, { ms: 40_000, consumers: 'spring-cloud' }],
  [{ consumers: 'grpc' }, { ms: 10_000, consumers: 'grpc' }],
  [{ floor: '10s' }, { ms: 10_000 }],
  [{ time: '10s' }, { ms: 10_000 }],
  [{ evidence: 'none', floor: '10s' }, { ms: 10_000 }],
  [
    { evidence: 'connections' },
    { ms: 40_000, consumers: 'spring-cloud', watch: { evidence: [connections], ...usual } },
  ],
  [
    { evidence: 'connections', floor: '10s' },
    { ms: 40_000, consumers: 'spring-cloud', watch: { evidence: [connections], ...usual, floorMs: 10_000 } },
  ],
  [
    { consumers: 'dubbo', evidence: { connections: true, ignore: ['10.0.0.9'] } },
    {
      ms: 10_000,
      consumers: 'dubbo',
      watch: { evidence: [{ kind: 'connections', ignore: ['10.0.0.9'] }], ...usual },
    },
  ],
  // A floor or a ceiling that nobody gave does not speak against the time that somebody gave.
  [
    { time: '3s', evidence: { command: './calls' } },
    { ms: 3000, watch: { evidence: [{ kind: 'command', run: './calls' }], ...usual, floorMs: 3000 } },
  ],
  [
    { time: '10m', evidence: { json: { url, path: 'a.0' } } },
    { ms: 600_000, watch: { evidence: [{ kind: 'json', url, path: 'a.0' }], ...usual, ceilingMs: 600_000 } },
  ],
  [
    {
      time: '60s',
      evidence: [
        { actuator: url, ignore: ['/health'] },
        { prometheus: { url, metric: 'm{a="b"}' } },
        { connections: { run: 'ssh "$NACOS_ROLLOUT_IP" ss -tinH', ignore: ['10.0.0.9'] } },
      ],
      floor: '2s',
      ceiling: '2m',
      certainty: '99.99%',
      slowest: '30/m',
    },
    {
      ms: 60_000,
      watch: {
        evidence: [
          { kind: 'actuator', url, ignore: ['/health'] },
          { kind: 'prometheus', url, metric: 'm{a="b"}' },
          { kind: 'connections', run: 'ssh "$NACOS_ROLLOUT_IP" ss -tinH', ignore: ['10.0.0.9'] },
        ],
        floorMs: 2000,
        ceilingMs: 120_000,
        certainty: 0.9999,
        slowestPerSecond: 0.5,
      },
    },
  ],
])('%j is %j', (written, expected) => {
  const stages = [{ services: [{ service: 'orders', ...(written && { drain: written }) }] }];
  const file = planFileSchema.parse({ version: 1, stages });
  const drain = file.stages[0]?.services[0]?.drain;
  expect(drain).toEqual(written);
  expect(drain && drainProblem(drain)).toBeUndefined();
  expect(drainOf(drain)).toEqual(expected);
});

test.each([
  ['10s', 'a drain is written { time: 10s }'],
  [{}, 'a drain is written { time: 10s }'],
  [{ consumer: 'grpc' }, 'a drain is written { time: 10s }'],
  [{ consumers: 'grpcs' }, 'expected one of'],
  [{ floor: '10' }, 'a duration is written 500ms, 40s, 2m or 1h'],
  [{ time: 'soon' }, 'a duration is written 500ms, 40s, 2m or 1h'],
  [{ evidence: 'connections', ceiling: '-1s' }, 'a duration is written 500ms, 40s, 2m or 1h'],
  [{ evidence: 'connection' }, 'there is no source connection; did you mean connections?'],
  [{ evidence: [] }, 'the list is empty: leave evidence out, or write none'],
  [{ evidence: ['connections', 'none'] }, 'none stands alone, not in a list'],
  [{ evidence: {} }, 'it names no source: there are connections, actuator, prometheus, json, command'],
  [{ evidence: { actuator: '10.0.0.1:8080' } }, 'a URL begins with http:// or https://'],
  [{ evidence: { prometheus: url } }, 'write { prometheus: { url: URL, metric: NAME } }'],
  [
    { evidence: { prometheus: { url } } },
    'metric: it is missing; write { prometheus: { url: URL, metric: NAME } }',
  ],
  [{ evidence: { json: { url, path: '' } } }, 'it is empty'],
  [{ evidence: { command: ' ' } }, 'it is empty'],
  [{ evidence: { command: './x', ignore: '10.0.0.9' } }, 'ignore: it is no list; write { command: LINE }'],
  [{ evidence: { connections: true, ignore: ['a,b'] } }, 'a name to ignore has no comma'],
  [{ evidence: { connections: true, ignore: [] } }, 'it names nobody'],
  [{ evidence: { prometeus: { url } } }, 'there is no source prometeus; did you mean prometheus?'],
  [
    { evidence: { prometheus: { url, metric: 'a' }, ignore: ['/x'] } },
    'ignore means nothing beside prometheus',
  ],
  [
    { evidence: { actuator: url, json: { url, path: 'a' } } },
    'actuator and json are two sources: write a list',
  ],
  [{ evidence: `actuator:${url}` }, 'in a plan file it is written { actuator: URL }'],
  [{ evidence: 5 }, 'there is no source 5'],
  [{ evidence: { connections: false } }, 'write connections or { connections: { run: COMMAND } }'],
  [{ evidence: 'connections', certainty: 99.9 }, 'a certainty is written 99.9% or 0.999'],
  [{ evidence: 'connections', certainty: '100%' }, 'a certainty is written 99.9% or 0.999'],
  [{ evidence: 'connections', certainty: '0.1%' }, 'a certainty is written 99.9% or 0.999'],
  [{ evidence: 'connections', slowest: 0 }, 'slowest is the calls a second of the rarest consumer'],
  [{ evidence: 'connections', slowest: '1/d' }, 'slowest is the calls a second of the rarest consumer'],
])('the drain %j is refused with what would be right', (drain, right) => {
  const parsed = planFileSchema.safeParse({
    version: 1,
    stages: [{ services: [{ service: 'orders' }] }],
    defaults: { drain },
  });
  expect(parsed.error?.issues[0]?.message).toContain(right);
});

test.each<[FileDrain, string, string]>([
  [{ consumers: 'grpc', time: '10s' }, 'consumers (grpc) and time (10s) both say', '只能写一个'],
  [{ consumers: 'grpc', floor: '10s' }, 'needs evidence; give evidence, or leave floor out', '去掉 floor'],
  [{ time: '10s', floor: '10s' }, 'needs evidence; give evidence, or leave floor out', '去掉 floor'],
  [{ ceiling: '1m' }, 'ceiling means nothing without evidence', '没有 evidence 时 ceiling 没有意义'],
  [{ evidence: 'none', certainty: 0.99 }, 'certainty means nothing without evidence', 'certainty 没有意义'],
  [{ consumers: 'grpc', slowest: '1/s' }, 'slowest means nothing without evidence', 'slowest 没有意义'],
  [
    { evidence: 'connections', floor: '50s' },
    'its floor of 50 s is over the 40 s that are waited without evidence; give a smaller floor, or a longer time.',
    '下限 50 秒 超过了没有证据时要等的 40 秒',
  ],
  [
    { evidence: 'connections', ceiling: '30s' },
    'its ceiling of 30 s is under the 40 s that are waited without evidence; give a larger ceiling, or a shorter time.',
    '上限 30 秒 低于没有证据时要等的 40 秒',
  ],
  [
    { evidence: 'connections', floor: '2m', ceiling: '1m' },
    'its floor of 2 min is over its ceiling of 1 min; give a smaller floor or a larger ceiling.',
    '下限 2 分钟 超过了上限 1 分钟',
  ],
  [
    { evidence: { connections: { run: 'ssh {ip} ss -tinH' } } },
    '"ssh {ip} ss -tinH" has {ip}; in a command use "$NACOS_ROLLOUT_IP".',
    '在命令中请用 "$NACOS_ROLLOUT_IP"',
  ],
  [
    { evidence: { command: 'curl localhost:{management.port}/stats' } },
    'has {management.port}; in a command use "$NACOS_ROLLOUT_METADATA".',
    '"$NACOS_ROLLOUT_METADATA"',
  ],
  [
    { evidence: ['connections', { command: './calls "{instance}"' }] },
    'has {instance}; in a command use "$NACOS_ROLLOUT_INSTANCE".',
    '"$NACOS_ROLLOUT_INSTANCE"',
  ],
])('the drain %j does not go together', (drain, english, chinese) => {
  const problem = drainProblem(drain);
  expect(problem).toBeDefined();
  if (problem === undefined) return;
  const whole = { kind: 'drain', service: 'DEFAULT_GROUP@@orders', problem } as const;
  expect(say(planProblems, whole)).toContain(english);
  expect(say(planProblems, whole)).toMatch(/^The drain of DEFAULT_GROUP@@orders is not right: .*\.$/);
  expect(say(planProblemsZhCn, whole)).toContain(chinese);
});

test('braces of the shell are no placeholders', () => {
  const run = 'ip=$NACOS_ROLLOUT_IP; ss -tinH dst "${ip}" | awk "{print}"';
  expect(drainProblem({ evidence: { command: run } })).toBeUndefined();
});

test.each([
  ['99.9%', 0.999],
  ['99.99%', 0.9999],
  ['0.999', 0.999],
  ['50%', 0.5],
  ['49.9%', undefined],
  ['1', undefined],
  ['99.9', undefined],
  ['-99%', undefined],
  ['', undefined],
])('the certainty %j is %j', (text, share) => {
  expect(parseCertainty(text)).toBe(share);
});

test.each([
  ['0.5', 0.5],
  ['0.5/s', 0.5],
  ['30/m', 0.5],
  ['36/h', 0.01],
  ['0', undefined],
  ['0.5 /s', undefined],
  ['1/min', undefined],
  ['1e3', undefined],
])('the slowest rate %j is %j a second', (text, rate) => {
  expect(parseSlowest(text)).toBe(rate);
});

test.each(['http://ops:s3cret@{ip}/actuator', 'https://token@{ip}:{port}/metrics'])(
  'a login in the URL %s would stand in the journal: it is refused, and not repeated',
  (actuator) => {
    const problem = drainProblem({ evidence: { actuator } });
    expect(problem).toMatchObject({ kind: 'login-in-url' });
    expect(JSON.stringify(problem)).not.toMatch(/s3cret|token/);
  },
);
