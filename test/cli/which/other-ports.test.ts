import { expect, test } from 'vitest';
import { instance } from '../support/fake-registry.ts';
import { server, setStage } from '../support/stage.ts';

test('who is at another port than the profile names is rolled, and that is said', async () => {
  const stage = setStage([instance('orders', '10.0.0.1', 8080), instance('orders', '10.0.0.2', 8081)]);
  await stage.run('profile', 'add', 'prod', ...server, '--deploy', './x.sh');
  await stage.run('profile', 'edit', 'prod', '--service', 'orders', '--port', '8080');
  const { code, err } = await stage.run('plan', '--service', 'orders');
  expect(code).toBe(0);
  expect(err).toContain(
    'The profile names port 8080 of DEFAULT_GROUP@@orders, for --ip and --self; this rolls it at any port, 10.0.0.2:8081 too. Leave out with --exclude what is not meant.\n',
  );
  const named = await stage.run('plan', '--service', 'orders', '--instance', '10.0.0.2:8081');
  expect(named.err).not.toContain('The profile names');
  expect((await stage.run('plan', '--service', 'orders', '--lang', 'zh-CN')).err).toContain(
    '也包括 10.0.0.2:8081。',
  );
});
