import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dubbo, machine } from '../support/journal-machine.ts';
import { server } from '../support/stage.ts';
import { companion, one, command } from '../support/switched-orders.ts';

test('companions count too, and its report tells it', async () => {
  const { stage, root } = machine();
  expect((await stage.run('disable', ...one, ...companion, ...server)).code).toBe(0);
  const status = await stage.run('status');
  expect(status.out).toContain(`  off    10.0.0.5:8080, DUBBO_GROUP@@${dubbo} 10.0.0.5:20880`);
  const [id = ''] = readdirSync(join(root, 'rollouts'));
  const report = await stage.run('report', id);
  expect(report.out).toContain(`${command} --companion DUBBO_GROUP@@${dubbo}`);
  expect(report.out).toContain('LEFT OFF');
});

test.each([
  [
    'en',
    ['# One command, ', '- outcome: taken off', '| disable |'],
    ['decided', 'runner', 'as a whole', 'The rollout'],
  ],
  ['zh-CN', ['# 单条命令 ', '- 结果：已下线', '| 下线 |'], ['决定', '执行进程', '整个发布']],
])(
  'its report speaks of one command, and of nothing that only a rollout has (%s)',
  async (language, said, never) => {
    const { stage } = machine();
    await stage.run('disable', ...one, ...server);
    const { out } = await stage.run('report', '--lang', language);
    for (const text of said) expect(out).toContain(text);
    for (const text of never) expect(out).not.toContain(text);
  },
);

test('its report tells who put it on again, and no second attempt', async () => {
  const { stage } = machine();
  await stage.run('disable', ...one, ...server);
  await stage.run('enable', ...one, ...server);
  const { out } = await stage.run('report');
  expect(out).toContain('- outcome: nothing of it is off any more');
  expect(out).toContain('Nothing is off because of this command.');
  expect(out).toContain('decided: put it on as it is (ann@bastion)');
  expect(out).toContain('## Requests that wrote (2)');
  expect(out).not.toContain('attempt 2');
  expect(out).not.toContain('leave it off and go on');
});

test.each([['attach'], ['resume'], ['resume', '--yes']])(
  '%s of what has ended says so, and where its story is',
  async (verb, ...flags) => {
    const { stage, root } = machine();
    await stage.run('disable', ...one, ...server);
    const [id = ''] = readdirSync(join(root, 'rollouts'));
    const { code, err } = await stage.run(verb, id, ...flags);
    expect(code).toBe(2);
    expect(err).toBe(
      `Rollout ${id} has ended: there is nothing to carry on. Its story: nacos-rollout report ${id}; what is off because of it: nacos-rollout status\n`,
    );
  },
);
