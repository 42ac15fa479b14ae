import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const listed = [instance('orders', '10.0.0.9', 8080), instance('orders', '10.0.0.10', 8080)];
const orders = ['--service', 'orders', '--deploy', './redeploy.sh'] as const;
const actuator = 'actuator:http://{ip}:{port}/actuator';

async function drainPrinted(stage: Stage, ...argv: string[]): Promise<unknown> {
  const { code, out, err } = await stage.run('plan', ...orders, ...argv);
  expect(err).not.toContain('not right');
  expect(code).toBe(0);
  return planFileSchema.parse(parse(out)).defaults?.drain;
}

test('the flags of a drain are printed as a plan file, which reads back to the same', async () => {
  const stage = setStage(listed);
  const sources = [
    'actuator[/health]:http://{ip}:{port}/actuator',
    'connections:ssh "$NACOS_ROLLOUT_IP" ss -tinH',
    'prometheus:http://{ip}:9404/metrics#calls_total{code="200"}',
    'json:http://{ip}/stats#calls.0',
    'command:./calls.sh',
  ].flatMap((source) => ['--evidence', source]);
  const limits = ['--drain=60s', '--floor=3s', '--ceiling=2m', '--certainty=99.99%', '--slowest=30/m'];
  expect(await drainPrinted(stage, ...server, ...sources, ...limits)).toEqual({
    time: '60s',
    floor: '3s',
    ceiling: '2m',
    certainty: '99.99%',
    slowest: '30/m',
    evidence: [
      { actuator: 'http://{ip}:{port}/actuator', ignore: ['/health'] },
      { connections: { run: 'ssh "$NACOS_ROLLOUT_IP" ss -tinH' } },
      { prometheus: { url: 'http://{ip}:9404/metrics', metric: 'calls_total{code="200"}' } },
      { json: { url: 'http://{ip}/stats', path: 'calls.0' } },
      { command: './calls.sh' },
    ],
  });
});

test('each flag of a drain stands by itself over what the profile has', async () => {
  const stage = setStage(listed);
  const added = ['--drain', 'dubbo', '--evidence', actuator, '--floor', '3s'];
  expect((await stage.run('profile', 'add', 'prod', ...server, ...added)).code).toBe(0);
  const evidence = { actuator: 'http://{ip}:{port}/actuator' };
  expect(await drainPrinted(stage)).toEqual({ consumers: 'dubbo', floor: '3s', evidence });
  expect(await drainPrinted(stage, '--drain', '20s')).toEqual({ time: '20s', floor: '3s', evidence });
  expect(await drainPrinted(stage, '--floor', '1s')).toEqual({ consumers: 'dubbo', floor: '1s', evidence });
  expect(await drainPrinted(stage, '--evidence', 'connections')).toMatchObject({ evidence: 'connections' });
  expect(await drainPrinted(stage, '--evidence', 'none')).toEqual({ consumers: 'dubbo' });
  expect(await drainPrinted(stage, '--evidence', 'none', '--drain', '9s')).toEqual({ time: '9s' });
});

test('a profile keeps what an edit does not speak of, and shows it', async () => {
  const stage = setStage(listed);
  const shown = async (): Promise<unknown> =>
    parse((await stage.run('profile', 'show', 'prod')).out).prod.defaults.drain;
  await stage.run('profile', 'add', 'prod', ...server, '--drain', '30s');
  expect(await shown()).toEqual({ time: '30s' });
  expect((await stage.run('profile', 'edit', 'prod', '--evidence', 'connections')).code).toBe(0);
  expect(await shown()).toEqual({ time: '30s', evidence: 'connections' });
  expect((await stage.run('profile', 'edit', 'prod', '--certainty', '0.99', '--ceiling', '1m')).code).toBe(0);
  expect(await shown()).toEqual({ time: '30s', evidence: 'connections', certainty: '0.99', ceiling: '1m' });
  expect((await stage.run('profile', 'edit', 'prod', '--evidence', 'none')).code).toBe(0);
  expect(await shown()).toEqual({ time: '30s' });
});

const notRight = (text: string, why: string): readonly [readonly string[], string] => [
  ['--evidence', text],
  `--evidence ${text} is not right: ${why}.`,
];

test.each<readonly [readonly string[], string]>([
  notRight(
    'conections',
    'there is no source conections; did you mean connections? There are connections, actuator, prometheus, json, command, and none alone',
  ),
  notRight(
    'http://10.0.0.1/actuator',
    'there is no source http. There are connections, actuator, prometheus, json, command, and none alone',
  ),
  notRight(
    'actuator:10.0.0.1',
    '10.0.0.1 is no URL, which begins with http:// or https://; write actuator:URL',
  ),
  notRight(
    'actuator:http://x/#calls',
    'nothing belongs behind its URL, and #calls is there; write actuator:URL',
  ),
  notRight('actuator', 'nothing stands behind actuator; write actuator:URL'),
  notRight('prometheus:http://x/metrics', 'the metric is missing behind #; write prometheus:URL#METRIC'),
  notRight(
    'prometheus:http://x/metrics#calls{code=200}',
    'calls{code=200} is no metric, which is written calls_total or calls_total{code="200"}; write prometheus:URL#METRIC',
  ),
  notRight('json:http://x/calls', 'the path is missing behind #; write json:URL#PATH'),
  notRight(
    'json[10.0.0.9]:http://x/calls#a',
    'it does not tell of callers, so nobody can be ignored in brackets; write json:URL#PATH',
  ),
  notRight('command:', 'nothing stands behind command; write command:LINE'),
  notRight('connections:', 'nothing stands behind connections:; write connections or connections:COMMAND'),
  notRight('connections[]', 'the brackets name nobody; write connections or connections:COMMAND'),
  [
    ['--evidence', 'none', '--evidence', 'connections'],
    '--evidence none is not right: none stands alone, and takes away what the profile has.',
  ],
  [['--evidence', 'connections', '--floor', '5'], '--floor 5 is not right: write 500ms, 40s, 2m or 1h.'],
  [['--evidence', 'connections', '--ceiling', 'x'], '--ceiling x is not right: write 500ms, 40s, 2m or 1h.'],
  [
    ['--evidence', 'connections', '--certainty', '99.9'],
    '--certainty 99.9 is not right: write a percent such as 99.9% or a share such as 0.999, from 50% up and less than 100%.',
  ],
  [
    ['--evidence', 'connections', '--slowest', 'rare'],
    '--slowest rare is not right: write the calls a second of the rarest consumer, such as 0.5, 0.5/s, 30/m or 2/h.',
  ],
  [['--floor', '5s'], 'a floor beside a time or a kind of consumer needs evidence'],
  [['--drain', '40s', '--ceiling', '3m'], 'ceiling means nothing without evidence'],
  [['--evidence', 'connections', '--floor', '50s'], 'its floor of 50 s is over the 40 s'],
  [['--evidence', 'connections', '--ceiling', '20s'], 'its ceiling of 20 s is under the 40 s'],
  [['--evidence', 'command:calls {port}'], 'in a command use "$NACOS_ROLLOUT_PORT".'],
])('plan %j is one sentence and exit 2', async (flags, sentence) => {
  const { code, out, err } = await setStage(listed).run('plan', ...server, ...orders, ...flags);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

test.each([
  [['--evidence', 'nothing'], '没有来源 nothing；可用的有 connections、'],
  [['--evidence', 'connections', '--certainty', '1'], '请写百分比如 99.9%'],
  [['--floor', '5s'], '需要 evidence'],
])('plan %j is refused in Chinese too', async (flags, sentence) => {
  const { code, err } = await setStage(listed).run('plan', '--lang', 'zh-CN', ...server, ...orders, ...flags);
  expect(code).toBe(2);
  expect(err).toContain(sentence);
});

test('a profile does not take a drain that does not go together', async () => {
  const stage = setStage(listed);
  const { code, err } = await stage.run('profile', 'add', 'prod', ...server, '--floor', '5s');
  expect(code).toBe(2);
  expect(err).toContain('The drain of this profile is not right: a floor beside');
  expect((await stage.run('profile', 'list')).err).toContain('There are no profiles');
});

test('the schema of a plan names every setting of a drain and every source', async () => {
  const { out } = await setStage().run('schema', 'plan');
  const drain = JSON.stringify(JSON.parse(out).properties.defaults.properties.drain);
  const settings = ['consumers', 'time', 'floor', 'ceiling', 'certainty', 'slowest', 'evidence'];
  const kinds = ['actuator', 'prometheus', 'json', 'command', 'connections', 'ignore', 'none'];
  for (const name of [...settings, ...kinds]) expect(drain).toContain(`"${name}"`);
});
