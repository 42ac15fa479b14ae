import { expect, test } from 'vitest';
import { instance } from '../support/fake-registry.ts';
import { server, setStage } from '../support/stage.ts';

const ports = [8201, 8202, 8203];

test.each([
  ['en', 'All 3 of orders that are on and well would go off at once.'],
  ['zh-CN', '服务 orders 上线且健康的 3 个实例会同时全部下线。'],
] as const)('ports of one machine that are all there is, in %s', async (language, said) => {
  const stage = setStage(ports.map((port) => instance('orders', '10.0.0.1', port)));
  await stage.run('profile', 'add', 'prod', ...server);
  const known = ports.flatMap((port) => ['--port', String(port)]);
  await stage.run('profile', 'edit', 'prod', '--service', 'orders', '--minimum', '2', ...known);
  const { code, err } = await stage.run('disable', 'orders', '--ip', '10.0.0.1', '--lang', language);
  expect(err).toContain(said);
  expect(err).not.toContain('last instance');
  expect(code).toBe(4);
  expect(stage.registry.writes).toEqual([]);
});
