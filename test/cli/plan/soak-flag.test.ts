import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { planFileSchema } from '../../../src/core/plan/plan-file.ts';
import { instance } from '../support/fake-registry.ts';
import { server, setStage } from '../support/stage.ts';

const listed = [instance('orders', '10.0.0.9', 8080), instance('orders', '10.0.0.10', 8080)];
const orders = ['--service', 'orders', '--deploy', './redeploy.sh'] as const;

test('--soak is printed as a plan file, which reads back to the same', async () => {
  const { code, out } = await setStage(listed).run('plan', ...server, ...orders, '--soak', '90s');
  expect(code).toBe(0);
  expect(planFileSchema.parse(parse(out)).defaults?.soak).toEqual({ for: '90s' });
});

test('a profile keeps a soak, and the flag goes before it', async () => {
  const stage = setStage(listed);
  await stage.run('profile', 'add', 'prod', ...server, '--soak', '2m');
  const soakOf = async (...argv: string[]): Promise<unknown> =>
    parse((await stage.run('plan', ...orders, ...argv)).out).defaults.soak;
  expect(await soakOf()).toEqual({ for: '2m' });
  expect(await soakOf('--soak', '5s')).toEqual({ for: '5s' });
});

test.each([
  [[], 'soak     its check stays good for 1 min 30 s once it is on, before the next one'],
  [['--lang', 'zh-CN'], '观察  上线后其检查持续正常 1 分钟 30 秒，才开始下一个'],
])('the review says for how long it is watched %j', async (lang, sentence) => {
  const stage = setStage(listed);
  stage.isTerminal = true;
  stage.typed = 'no\n';
  const { err } = await stage.run('run', ...server, ...orders, '--soak', '90s', ...lang);
  expect(err).toContain(sentence);
});

test('a soak that is no time is one sentence and exit 2', async () => {
  const { code, out, err } = await setStage(listed).run('plan', ...server, ...orders, '--soak', 'long');
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.trimEnd()).toContain('--soak long is not right: write 500ms, 40s, 2m or 1h.');
});

test('a soak does not go with a plan file', async () => {
  const { code, err } = await setStage(listed).run('plan', ...server, '-f', 'x.yaml', '--soak', '5s');
  expect(code).toBe(2);
  expect(err).toContain('--file and --soak cannot be given together');
});

test('the schemas name it', async () => {
  const plan = await setStage().run('schema', 'plan');
  expect(JSON.parse(plan.out).properties.defaults.properties.soak.required).toEqual(['for']);
  const event = await setStage().run('schema', 'event');
  for (const name of ['soak-began', 'soak-passed']) expect(event.out).toContain(`"${name}"`);
});
