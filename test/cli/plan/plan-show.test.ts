import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settingsOf } from '../../../src/core/plan/plan-settings.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

const text = `version: 1
profile: prod
onFailure: continue
language: zh-CN
notify: [{ webhook: env:HOOK }]
defaults:
  drain: { consumers: dubbo }
  check: { http: "http://{ip}:{port}/health", successes: 5 }
stages:
  - services:
      - service: orders
        group: ORDERS
        batch: 2
        check: tcp
      - service: shop
`;

function written(content = text): string {
  const path = join(newDirectory('show'), 'plan.yaml');
  writeFileSync(path, content);
  return path;
}

type Shown = { service?: string; setting: string; value: string; origin: string; line?: number };

async function shown(stage: Stage, ...argv: string[]): Promise<readonly Shown[]> {
  const { code, out, err } = await stage.run('plan', 'show', ...argv, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out);
}

async function staged(): Promise<Stage> {
  const stage = setStage();
  const flags = ['--group', 'PROD', '--minimum', '75%', '--batch', '3', '--deploy', './redeploy.sh'];
  await stage.run('profile', 'add', 'prod', ...server, ...flags);
  return stage;
}

test('each value is there with who says it, and nothing is asked of Nacos', async () => {
  const stage = await staged();
  const values = await shown(stage, '-f', written());
  const found = (service: string | undefined, setting: string) => {
    const one = values.find((value) => value.service === service && value.setting === setting);
    return one && [one.value, one.origin, ...(one.line === undefined ? [] : [one.line])];
  };
  expect(found(undefined, 'onFailure')).toEqual(['continue', 'plan', 3]);
  expect(found(undefined, 'language')).toEqual(['zh-CN', 'plan', 4]);
  expect(found(undefined, 'notify')).toEqual(['[{ webhook: env:HOOK }]', 'plan', 5]);
  expect(found(undefined, 'onUnknown')).toEqual(['ask', 'built-in']);
  expect(found(undefined, 'decideWithin')).toEqual(['8h', 'built-in']);
  expect(found('orders', 'group')).toEqual(['ORDERS', 'service', 12]);
  expect(found('shop', 'group')).toEqual(['PROD', 'profile']);
  expect(found('orders', 'batch')).toEqual(['2', 'service', 13]);
  expect(found('shop', 'batch')).toEqual(['3', 'profile']);
  expect(found('shop', 'minimum')).toEqual(['75%', 'profile']);
  expect(found('shop', 'drain.consumers')).toEqual(['dubbo', 'defaults', 7]);
  expect(found('orders', 'check')).toEqual(['tcp', 'service', 14]);
  expect(found('orders', 'check.successes')).toEqual(['3', 'built-in']);
  expect(found('shop', 'check.http')).toEqual(['http://{ip}:{port}/health', 'defaults', 8]);
  expect(found('shop', 'check.successes')).toEqual(['5', 'defaults', 8]);
  expect(found('shop', 'check.within')).toEqual(['3m', 'built-in']);
  expect(found('shop', 'deploy.run')).toEqual(['./redeploy.sh', 'profile']);
  expect(found('shop', 'deploy.timeout')).toEqual(['10m', 'built-in']);
  expect(found('shop', 'identity')).toEqual(['address', 'built-in']);
  expect(found('shop', 'soak.for')).toBeUndefined();
  expect(stage.specs).toEqual([]);
});

test('what stands within something has the line of its own', async () => {
  const path = written(
    'version: 1\nstages: [{ services: [{ service: orders }] }]\non:\n  pause:\n    run: ./call.sh\n',
  );
  const values = await shown(setStage(), '-f', path);
  expect(values.find(({ setting }) => setting === 'on.pause.run')).toMatchObject({ origin: 'plan', line: 5 });
});

test('gates, and stages that are a command, are there too', async () => {
  const path = written(`version: 1
gates:
  - { before: rollout, run: ./announce.sh }
  - { after: 1, pause: look }
stages:
  - { run: ./flush.sh, timeout: 5s }
  - gates: [{ before: stage, sleep: 10m }]
    services:
      - service: orders
        gates: [{ between: batches, argv: [./smoke.sh, --all], timeout: 1m }]
`);
  const values = await shown(setStage(), '-f', path);
  const gates = values.filter(({ setting }) => /gates|stages/.test(setting));
  expect(gates.map(({ service, setting, value, line }) => [service, setting, value, line])).toEqual([
    [undefined, 'gates[0]', '{ before: rollout, run: ./announce.sh }', 3],
    [undefined, 'gates[0].timeout', '10m', undefined],
    [undefined, 'gates[1]', '{ after: 1, pause: look }', 4],
    [undefined, 'stages[0].run', './flush.sh', 6],
    [undefined, 'stages[0].timeout', '5s', 6],
    [undefined, 'stages[1].gates[0]', '{ before: stage, sleep: 10m }', 7],
    ['orders', 'gates[0]', '{ between: batches, argv: [./smoke.sh, --all], timeout: 1m }', 10],
  ]);
});

test('as a table, with the origin where it is asked for', async () => {
  const stage = await staged();
  const path = written();
  const { out } = await stage.run('plan', 'show', '-f', path, '--origin');
  expect(out.split('\n')[0]).toMatch(/^service +setting +value +from$/);
  expect(out).toMatch(/^orders +batch +2 +service, line 13$/m);
  expect(out).toMatch(/^shop +batch +3 +profile prod$/m);
  const { out: plain } = await stage.run('plan', 'show', '-f', path);
  expect(plain).toMatch(/^orders +batch +2$/m);
  const { out: chinese } = await stage.run('plan', 'show', '-f', path, '--origin', '--lang', 'zh-CN');
  expect(chinese).toMatch(/^orders +batch +2 +服务条目，第 13 行$/m);
});

test('flags lie over the profile, those of a drain one by one', async () => {
  const stage = setStage();
  await stage.run('profile', 'add', 'prod', ...server, '--drain', 'dubbo', '--evidence', 'connections');
  const flags = ['--profile', 'prod', '--service', 'orders', '--floor', '3s', '--batch', '4'];
  const values = await shown(stage, ...flags);
  const origins = values.filter(({ setting }) => /^(drain|batch|minimum|service)/.test(setting));
  expect(origins.map(({ setting, value, origin }) => [setting, value, origin])).toEqual([
    ['drain.consumers', 'dubbo', 'profile'],
    ['drain.floor', '3s', 'flag'],
    ['drain.evidence', 'connections', 'profile'],
    ['drain.ceiling', '3m', 'built-in'],
    ['drain.certainty', '0.999', 'built-in'],
    ['minimum', '1', 'built-in'],
    ['drainAhead', 'false', 'built-in'],
    ['batch', '4', 'flag'],
  ]);
});

test('what is built in is what a plan gets that says nothing', async () => {
  const values = await shown(setStage(), '--service', 'orders');
  const settings = settingsOf({ service: 'orders' }, {});
  expect(values.filter(({ origin }) => origin === 'built-in').map(({ setting }) => setting)).toEqual([
    'onFailure',
    'onUnknown',
    'alreadyOff',
    'decideWithin',
    'group',
    'drain.consumers',
    'check',
    'check.successes',
    'check.within',
    'identity',
    'minimum',
    'drainAhead',
    'batch',
  ]);
  const valueOf = (name: string) => values.find(({ setting }) => setting === name)?.value;
  expect(valueOf('drain.consumers')).toBe(settings.drain.consumers);
  expect(Number(valueOf('check.successes'))).toBe(settings.check.successes);
  expect(Number(valueOf('minimum'))).toBe(settings.minimum);
  expect(valueOf('drainAhead')).toBe(String(settings.drainAhead));
  expect(Number(valueOf('batch'))).toBe(settings.batch);
});

test('a login in a URL is not printed', async () => {
  const content = text.replace('http://{ip}', 'http://ann:secret@{ip}');
  const { out } = await (await staged()).run('plan', 'show', '-f', written(content), '--origin');
  expect(out).toContain('/health');
  expect(out).not.toContain('secret');
});

test.for([
  [['-f', 'x.yaml', '--service', 'orders'], '--file and --service cannot be given together'],
  [['--service', 'orders', '--profile', 'nosuch'], 'nosuch'],
  [[], '--service is missing'],
] as const)('plan show %j is one sentence and exit 2', async ([flags, sentence]) => {
  const { code, out, err } = await setStage().run('plan', 'show', ...flags);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});
