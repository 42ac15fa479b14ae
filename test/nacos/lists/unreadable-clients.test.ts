import { expect, test } from 'vitest';
import { valueOf } from '../../contract/subjects/subject.ts';
import { byPath, orders, registryFor, scripted } from '../nacos-script.ts';

test('what another registration of the process says wrongly is no hint, and spoils none', async () => {
  const script = byPath({
    '/nacos/v1/console/server/state': { version: '2.2.4' },
    '/nacos/v2/ns/client/service/publisher/list': {
      code: 0,
      data: [null, { clientId: 7 }, { clientId: 'a' }],
    },
    '/nacos/v2/ns/client/publish/list': {
      code: 0,
      data: [
        null,
        { serviceName: 'bad', registeredInstance: { ip: '10.0.0.1', port: '81' } },
        {
          namespace: 'public',
          group: 'DEFAULT_GROUP',
          serviceName: 'rpc',
          registeredInstance: { ip: '10.0.0.1', port: 20_880 },
        },
      ],
    },
  });
  const registry = registryFor((await scripted(script)).url);
  const found = valueOf(
    await registry.sameProcess({ ...orders, cluster: 'DEFAULT', ip: '10.0.0.1', port: 8080 }),
  );
  expect(found?.map(({ service, port }) => [service, port])).toEqual([['rpc', 20_880]]);
});
