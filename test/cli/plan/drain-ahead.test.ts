import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { instance } from '../support/fake-registry.ts';
import { server, setStage } from '../support/stage.ts';

const listed = ['10.0.0.8', '10.0.0.9', '10.0.0.10'].map((ip) => instance('orders', ip, 8080));
const orders = ['--service', 'orders', '--deploy', './redeploy.sh'] as const;

test('the flag is printed as a key of the plan, and goes before the profile either way', async () => {
  const stage = setStage(listed);
  await stage.run('profile', 'add', 'prod', ...server, '--drain-ahead');
  const ahead = async (...argv: string[]): Promise<unknown> =>
    parse((await stage.run('plan', ...orders, ...argv)).out).defaults.drainAhead;
  expect(await ahead()).toBe(true);
  expect(await ahead('--no-drain-ahead')).toBe(false);
  expect(await ahead('--drain-ahead')).toBe(true);
});

test.each<[readonly string[], string]>([
  [[], 'ahead    the next ones drain while those before are deployed and checked'],
  [['--lang', 'zh-CN'], '提前排空  前一批部署和检查期间，下一批先下线排空'],
])('whoever starts it is told (%j)', async (language, line) => {
  const { err } = await setStage(listed).run(
    'run',
    ...server,
    ...orders,
    '--drain-ahead',
    '--dry-run',
    ...language,
  );
  expect(err).toContain(line);
});
