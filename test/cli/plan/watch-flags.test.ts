import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { instance } from '../support/fake-registry.ts';
import { server, setStage } from '../support/stage.ts';

const listed = [instance('orders', '10.0.0.9', 8080), instance('orders', '10.0.0.10', 8080)];
const orders = ['--service', 'orders', '--deploy', './redeploy.sh'] as const;
const both = [
  ['--soak', 'soak'],
  ['--warm-up', 'warmUp'],
] as const;

test.each(both)('%s is printed as a plan file, which reads back to the same', async (flag, key) => {
  const { code, out } = await setStage(listed).run('plan', ...server, ...orders, flag, '90s');
  expect(code).toBe(0);
  expect(planFileSchema.parse(parse(out)).defaults?.[key]).toEqual({ for: '90s' });
});

test.each(both)('a profile keeps a time for %s, and the flag goes before it', async (flag, key) => {
  const stage = setStage(listed);
  await stage.run('profile', 'add', 'prod', ...server, flag, '2m');
  const settingOf = async (...argv: string[]): Promise<unknown> =>
    parse((await stage.run('plan', ...orders, ...argv)).out).defaults[key];
  expect(await settingOf()).toEqual({ for: '2m' });
  expect(await settingOf(flag, '5s')).toEqual({ for: '5s' });
});

test.each([
  [['--soak', '90s'], 'soak     its check stays good for 1 min 30 s once it is on, before the next one'],
  [['--soak', '90s', '--lang', 'zh-CN'], '观察  上线后其检查持续正常 1 分钟 30 秒，才开始下一个'],
  [
    ['--warm-up', '60s'],
    'warm-up  10%, 50% of its weight, 30 s each, while its check stays good, then all of it',
  ],
  [
    ['--warm-up', '60s', '--lang', 'zh-CN'],
    '预热  权重先为原来的 10%、50%，各 30 秒，期间其检查须持续正常，然后全部恢复',
  ],
  [
    ['--warm-up', '60s', '--soak', '90s'],
    'each: disable → drain → deploy → check → enable → warm-up → soak\n',
  ],
  [['--soak', '90s'], 'each: disable → drain → deploy → check → enable → soak\n'],
  [[], 'each: disable → drain → deploy → check → enable\n'],
  [
    ['--warm-up', '60s', '--soak', '90s', '--lang', 'zh-CN'],
    '每个依次：下线 → 排空 → 部署 → 检查 → 上线 → 预热 → 观察\n',
  ],
])('the review says what %j means', async (flags, sentence) => {
  const stage = setStage(listed);
  stage.isTerminal = true;
  stage.typed = 'no\n';
  const { err } = await stage.run('run', ...server, ...orders, ...flags);
  expect(err).toContain(sentence);
});

test.each(both)('%s that is no time is one sentence and exit 2', async (flag) => {
  const { code, out, err } = await setStage(listed).run('plan', ...server, ...orders, flag, 'long');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(`${flag} long is not right: write 500ms, 40s, 2m or 1h.`);
});

test.each(both)('%s does not go with a plan file', async (flag) => {
  const { code, err } = await setStage(listed).run('plan', ...server, '-f', 'x.yaml', flag, '5s');
  expect(code).toBe(2);
  expect(err).toContain(`--file and ${flag} cannot be given together`);
});

test('the schemas name them', async () => {
  const plan = await setStage().run('schema', 'plan');
  for (const [, key] of both)
    expect(JSON.parse(plan.out).properties.defaults.properties[key].required).toEqual(['for']);
  const event = await setStage().run('schema', 'event');
  const warmUp = ['warm-up-began', 'weight-set', 'warm-up-passed', 'warm-up-left-out', 'weight-overridden'];
  for (const name of ['soak-began', 'soak-passed', ...warmUp]) expect(event.out).toContain(`"${name}"`);
});
