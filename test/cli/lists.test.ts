import { expect, test } from 'vitest';
import { instance } from './support/fake-registry.ts';
import { server, setStage } from './support/stage.ts';

const orders = [
  instance('orders', '10.0.0.2', 8080, { enabled: false }),
  instance('orders', '10.0.0.1', 8080, { metadata: { note: '\u001b[31mred' } }),
  instance('商品', '10.0.0.3', 80, { healthy: false, metadata: {} }),
];

test('services are listed with their counts, in columns that line up', async () => {
  const { code, out } = await setStage(orders).run('services', ...server);
  expect(code).toBe(0);
  expect(out).toBe(
    'service  group          on  off  ill\n' +
      'orders   DEFAULT_GROUP   1    1    0\n' +
      '商品     DEFAULT_GROUP   1    0    0\n',
  );
});

test('services that match nothing leave standard output empty', async () => {
  const { code, out, err } = await setStage(orders).run('services', 'zzz', ...server);
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toContain('No service matches');
});

test('services as JSON', async () => {
  const { out } = await setStage(orders).run('services', 'orders', '--json', ...server);
  expect(JSON.parse(out)).toEqual([
    { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders', on: 1, off: 1, ill: 0 },
  ]);
});

test('instances show those that are off, and control characters as escapes', async () => {
  const { code, out } = await setStage(orders).run('instances', 'orders', ...server);
  expect(code).toBe(0);
  expect(out).toContain('10.0.0.1:8080  DEFAULT       5  on     note=\\x1b[31mred\n');
  expect(out).toContain('10.0.0.2:8080  DEFAULT       5  off    version=1\n');
  expect(out).not.toContain('\u001b');
});

const unread = { field: 'weight', found: '"NaN"' };
const broken = [
  { service: 'orders', cluster: 'DEFAULT', ip: '10.0.0.7', port: 8080, ...unread },
  { service: 'orders', field: 'ip' },
  { namespace: 'public', group: 'DEFAULT_GROUP', field: 'serviceName', found: 'null' },
];

test('registrations that cannot be read are listed with the others, with what is wrong', async () => {
  const stage = setStage(orders);
  stage.registry.unreadable = broken;
  const { code, out } = await stage.run('instances', 'orders', ...server);
  expect(code).toBe(0);
  expect(out).toContain('10.0.0.1:8080  DEFAULT  5       on ');
  expect(out).toContain(
    '10.0.0.7:8080  DEFAULT  ?       unreadable  its weight is "NaN", and a number from 0 to 10000 belongs there',
  );
  expect(out).toContain(
    'no address     ?        ?       unreadable  its ip is missing, and an address belongs',
  );
  const json = JSON.parse((await stage.run('instances', 'orders', '--json', ...server)).out);
  expect(json).toHaveLength(4);
  expect(json.slice(2)).toEqual([
    { service: 'orders', cluster: 'DEFAULT', ip: '10.0.0.7', port: 8080, problem: unread },
    { service: 'orders', problem: { field: 'ip' } },
  ]);
});

test('services count what cannot be read, and name those that cannot be read themselves', async () => {
  const stage = setStage(orders);
  stage.registry.unreadable = broken;
  const { out } = await stage.run('services', ...server);
  expect(out).toBe(
    'service  group          on  off  ill  unreadable\n' +
      'orders   DEFAULT_GROUP  1   1    0    2\n' +
      '商品     DEFAULT_GROUP  1   0    0    0\n' +
      '?        DEFAULT_GROUP  ?   ?    ?    its serviceName is null, and a name belongs there\n',
  );
  const json = JSON.parse((await stage.run('services', 'ord*', '--json', ...server)).out);
  expect(json).toMatchObject([
    { service: 'orders', unreadable: 2 },
    { group: 'DEFAULT_GROUP', problem: { field: 'serviceName', found: 'null' } },
  ]);
});

test('an instance that cannot be read is neither planned nor switched, and the sentence says why', async () => {
  const stage = setStage(orders);
  stage.registry.unreadable = broken;
  for (const command of ['plan --service', 'disable', 'enable']) {
    const words = [...command.split(' '), 'orders', '--instance', '10.0.0.7:8080', ...server];
    const { code, err } = await stage.run(...words);
    expect([command, code]).toEqual([command, 2]);
    expect(err).toContain('cannot be read (its weight is "NaN"');
  }
  expect(stage.registry.writes).toEqual([]);
});

test('doctor names whatever cannot be read', async () => {
  const stage = setStage(orders);
  stage.registry.unreadable = broken;
  const member = { field: 'address', found: 'null' };
  stage.registry.nodes = async () => ({ ok: true, value: { items: [], unreadable: [member] } });
  const { code, out } = await stage.run('doctor', ...server);
  expect(code).toBe(0);
  expect(out).toContain('names a member of its cluster that cannot be read: its address is null,');
  expect(out).toContain('A service of this namespace cannot be read: its serviceName is null,');
  expect(out).toContain(
    'orders has 2 registrations that cannot be read, and are neither counted nor rolled:',
  );
});

test('doctor says that it could not see who holds a lease', async () => {
  const stage = setStage(orders);
  const usual = { ...stage.registry };
  const error = { kind: 'no-leader', detail: 'x' } as const;
  stage.registry.instances = async (id) =>
    id.service.includes('lease') ? { ok: false, error } : usual.instances(id);
  const { out } = await stage.run('doctor', ...server);
  expect(out).toMatch(/! Whether a rollout holds a lease at \S+ cannot be seen: Nacos has no Raft leader/);
  expect((await stage.run('doctor', ...server, '--json')).out).toContain('leases-unread');
});

test('an empty namespace has no services; that nothing matches is for whoever gave a pattern', async () => {
  const stage = setStage([]);
  expect((await stage.run('services', ...server)).err).toBe('Namespace public has no services.\n');
  expect((await stage.run('services', 'pay*', ...server)).err).toContain('No service matches in namespace');
});

test.each([
  [{ wasSent: true, isRead: true }, 'http://a did not answer within 5 s.\n'],
  [{ wasSent: false, isRead: true }, 'http://a did not answer within 5 s.\n'],
  [{ wasSent: true }, 'the request was sent, so the server may have acted on it.\n'],
  [{ wasSent: false }, 'nothing was sent.\n'],
])(
  'a time-out says that the server may have acted on a write, and on no read: %j',
  async (given, sentence) => {
    const stage = setStage([]);
    stage.registry.readError = { kind: 'timeout', address: 'http://a', afterMs: 5000, ...given };
    const { err } = await stage.run('services', ...server);
    expect(err.endsWith(sentence)).toBe(true);
  },
);

test('a service that does not exist is exit 2', async () => {
  const { code, out, err } = await setStage(orders).run('instances', 'GRAY@@orders', ...server);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('There is no service GRAY@@orders');
});

test.each([
  [{ kind: 'unreachable', addresses: ['http://127.0.0.1:8848'], detail: 'ECONNREFUSED' }, 6],
  [{ kind: 'wrong-password', user: 'ann' }, 6],
  [{ kind: 'wrong-key', detail: 'signature does not match' }, 6],
  [{ kind: 'clock-differs', aheadMs: 1_200_000, detail: 'timestamp expired' }, 6],
  [{ kind: 'clock-differs', detail: 'timestamp expired' }, 6],
  [{ kind: 'login-limited', user: 'ann', detail: 'Frequent login' }, 6],
  [{ kind: 'token-refused', detail: 'token invalid!' }, 6],
  [{ kind: 'barred', address: 'http://n:8848', status: 403, detail: 'Blocked', mayBeToken: false }, 6],
  [{ kind: 'https-needed', address: 'http://n:8848', instead: 'https://n:8848' }, 6],
  [{ kind: 'tls-absent', address: 'https://n:8848', instead: 'http://n:8848' }, 6],
  [{ kind: 'other-port', address: 'http://n:8080', port: 'console', instead: 'http://n:8848' }, 6],
  [{ kind: 'other-port', address: 'http://n:9848', port: 'grpc', instead: 'http://n:8848' }, 6],
  ...(
    [
      { kind: 'give', server: 'https://n:443', contextPath: '/foo' },
      { kind: 'login' },
      { kind: 'loop' },
      { kind: 'nowhere' },
      { kind: 'elsewhere' },
    ] as const
  ).map(
    (advice) =>
      [{ kind: 'redirected', address: 'http://n:8848', status: 302, to: 'http://n/x', advice }, 6] as const,
  ),
  [{ kind: 'forbidden', resource: 'public:DEFAULT_GROUP:naming/orders', action: 'read' }, 4],
  [{ kind: 'namespace-missing', namespace: 'moon' }, 2],
] as const)('%j is one sentence and exit %i', async (error, expected) => {
  const stage = setStage(orders);
  stage.registry.readError = error;
  const { code, out, err } = await stage.run('services', ...server);
  expect({ code, out }).toEqual({ code: expected, out: '' });
  expect(err.trimEnd().split('\n')).toHaveLength(1);
});

test('a password that nobody can be asked for is exit 2 and names the flag', async () => {
  const { code, err } = await setStage().run('services', ...server, '--username', 'ann');
  expect(code).toBe(2);
  expect(err).toContain('--password-from');
});

test('an access key that is written out, and one beside a user, is exit 2 and not repeated', async () => {
  const key = ['--access-key-from', 'env:AK', '--secret-key-from', 'env:SK'];
  const both = await setStage().run('services', ...server, '--username', 'ann', ...key);
  expect(both.code).toBe(2);
  expect(both.err.trimEnd().split('\n')).toEqual([
    'There are a user and an access key, and a Nacos takes one of them: leave out --username, or --access-key-from and what goes with it.',
  ]);
  const literal = await setStage().run('services', ...server, ...key.with(3, 'hunter2'));
  expect(literal.code).toBe(2);
  expect(literal.err).toContain('env:NAME');
  expect(literal.err).not.toContain('hunter2');
});

test('a password that is written out is refused and not repeated', async () => {
  const argv = ['services', ...server, '--username', 'ann', '--password-from', 'hunter2'];
  const { code, err } = await setStage().run(...argv);
  expect(code).toBe(2);
  expect(err).toContain('env:NAME');
  expect(err).not.toContain('hunter2');
});

test.each([
  ['ord*', ['orders']],
  ['*hop', ['shop']],
  ['?hop', ['shop']],
  ['hop*', []],
  ['order.*', []],
])('services %s takes the stars for any letters', async (pattern, names) => {
  const stage = setStage([instance('orders', '10.0.0.1', 8080), instance('shop', '10.0.0.2', 8080)]);
  const { out } = await stage.run('services', pattern, '--json', ...server);
  expect(JSON.parse(out).map(({ service }: { service: string }) => service)).toEqual(names);
});
