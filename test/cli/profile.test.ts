import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { instance } from './support/fake-registry.ts';
import { setStage } from './support/stage.ts';

const add = ['profile', 'add', 'prod', '--server', 'a.example', '--server', 'https://b.example'] as const;

test('a profile is added, listed, shown, edited, used and removed', async () => {
  const stage = setStage();
  expect((await stage.run('profile', 'list')).err).toContain('There are no profiles');
  const login = ['--username', 'ann', '--password-from', 'env:NACOS_PASSWORD'];
  const added = await stage.run(...add, '--namespace', 'n1', ...login, '--production', '--drain', '10s');
  expect(added).toMatchObject({ code: 0, out: '' });
  expect(statSync(stage.ports.profiles.path).mode & 0o777).toBe(0o600);
  await stage.run('profile', 'add', 'test', '--server', 'c.example');
  const { out } = await stage.run('profile', 'list');
  expect(out).toContain('prod     a.example https://b.example  n1         current, PRODUCTION');
  const edits = ['--username', 'bob', '--no-production', '--unset', 'namespace'];
  expect((await stage.run('profile', 'edit', 'prod', ...edits)).code).toBe(0);
  expect(parse((await stage.run('profile', 'show', 'prod')).out)).toEqual({
    prod: {
      servers: ['a.example', 'https://b.example'],
      username: 'bob',
      passwordFrom: 'env:NACOS_PASSWORD',
      production: false,
      defaults: { drain: { time: '10s' } },
    },
  });
  expect((await stage.run('profile', 'use', 'test')).code).toBe(0);
  expect(JSON.parse((await stage.run('profile', 'show', '--json')).out)).toMatchObject({ name: 'test' });
  expect((await stage.run('profile', 'remove', 'test')).code).toBe(0);
  expect((await stage.run('profile', 'show', 'test')).code).toBe(2);
});

test('an access key is kept by reference, and taken out again', async () => {
  const stage = setStage();
  const key = ['--access-key-from', 'env:AK', '--secret-key-from', 'env:SK', '--signature-region', 'cn-x'];
  expect((await stage.run(...add, ...key)).code).toBe(0);
  expect(parse((await stage.run('profile', 'show', 'prod')).out)).toMatchObject({
    prod: { accessKeyFrom: 'env:AK', secretKeyFrom: 'env:SK', signatureRegion: 'cn-x' },
  });
  const refused = await stage.run('profile', 'edit', 'prod', '--username', 'ann');
  expect(refused).toMatchObject({ code: 2, out: '' });
  const unset = ['accessKeyFrom', 'secretKeyFrom', 'signatureRegion'].flatMap((name) => ['--unset', name]);
  expect((await stage.run('profile', 'edit', 'prod', '--username', 'ann', ...unset)).code).toBe(0);
  expect(parse((await stage.run('profile', 'show', 'prod')).out)).toEqual({
    prod: { servers: ['a.example', 'https://b.example'], username: 'ann' },
  });
});

test.each([
  [add, 'There is a profile prod already'],
  [['profile', 'add', 'new'], 'Which Nacos?'],
  [['profile', 'add', 'a/b', '--server', 'x'], 'a/b is not a profile name'],
  [['profile', 'add', 'new', '--server', 'http://ann:pw@x'], 'has a user or a password in it'],
  [['profile', 'add', 'new', '--server', 'x', '--dialect', 'v2'], 'v2 is not a dialect'],
  [['profile', 'add', 'new', '--server', 'x', '--deploy', ''], '--deploy needs a value'],
  [['profile', 'edit', 'prod'], 'Nothing to change was given'],
  [['profile', 'edit', 'prod', '--unset', 'servers'], '--unset servers is not right'],
  [['profile', 'edit', 'none', '--group', 'g'], 'There is no profile none; there is prod'],
  [['profile', 'remove', 'none'], 'There is no profile none'],
  [['profile', 'use', 'none'], 'There is no profile none'],
  [['profile', 'test', 'none'], 'There is no profile none'],
  [['services', '--profile', 'none'], 'There is no profile none'],
])('%j is one sentence and exit 2', async (argv, sentence) => {
  const stage = setStage();
  await stage.run(...add);
  const { code, out, err } = await stage.run(...argv);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(sentence);
  expect(err).not.toContain('pw@');
});

test('a malformed file is named with what is wrong, and left as it is', async () => {
  const stage = setStage();
  await stage.run(...add);
  const { path } = stage.ports.profiles;
  for (const text of ['{ broken', '[1]', '', '{"profiles":{"prod":{"servers":["a"],"pasword":"x"}}}']) {
    writeFileSync(path, text);
    const { code, err } = await stage.run('profile', 'add', 'other', '--server', 'x');
    expect(code).toBe(2);
    expect(err).toContain(path);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(readFileSync(path, 'utf8')).toBe(text);
  }
});

test('what stands around a fault of the file is not repeated: it may be a password', async () => {
  const stage = setStage();
  await stage.run(...add);
  for (const text of ['{"password": hunter2}', 'hunter2', '{"profiles":{"prod":{"password":"hunter2"}}}']) {
    writeFileSync(stage.ports.profiles.path, text);
    const { code, err } = await stage.run('profile', 'list');
    expect(code).toBe(2);
    expect(err).toContain('is malformed');
    expect(err).not.toContain('unter2');
  }
});

test('a file that others can read is warned about', async () => {
  const stage = setStage();
  await stage.run(...add);
  chmodSync(stage.ports.profiles.path, 0o644);
  const { code, err } = await stage.run('profile', 'list');
  expect(code).toBe(0);
  expect(err).toContain('mode 0644');
});

test('test says what a profile reaches', async () => {
  const stage = setStage([instance('orders', '10.0.0.1', 8080)]);
  await stage.run(...add);
  const { code, out } = await stage.run('profile', 'test');
  expect(code).toBe(0);
  for (const words of ['nacos 2.2.4, dialect v1', '127.0.0.1:8848 UP', 'nobody', 'public', 'yes'])
    expect(out).toContain(words);
  expect(stage.registry.writes).toEqual([]);
});

test('test names members and namespaces that cannot be read, and takes none of them for missing', async () => {
  const stage = setStage([instance('orders', '10.0.0.1', 8080)]);
  await stage.run(...add, '--namespace', 'dev');
  const unreadable = [{ ip: '10.0.0.9', field: 'port', found: '-1' }];
  stage.registry.nodes = async () => ({ ok: true, value: { items: [], unreadable } });
  const namespace = { field: 'namespace', found: 'null' };
  stage.registry.namespaces = async () => ({ ok: true, value: { items: [], unreadable: [namespace] } });
  const { code, out } = await stage.run('profile', 'test');
  expect(code).toBe(0);
  expect(out).toContain('10.0.0.9 (its port is -1,');
  expect(out).toContain('? (its namespace is null, and a name belongs there)');
  expect(out).not.toContain('not one of them');
});

test('what a server wants of everybody is said once', async () => {
  const stage = setStage([instance('orders', '10.0.0.1', 8080)]);
  await stage.run(...add);
  const closed = async () => ({ ok: false, error: { kind: 'login-needed' } }) as const;
  Object.assign(stage.registry, { nodes: closed, namespaces: closed, services: closed });
  const { code, out, err } = await stage.run('profile', 'test');
  expect(code).toBe(6);
  expect(`${out}${err}`.match(/This Nacos wants a login/g)).toHaveLength(1);
  expect(out).not.toContain('nodes');
});

test('what keeps us from the list of nodes alone is said there', async () => {
  const stage = setStage([instance('orders', '10.0.0.1', 8080)]);
  await stage.run(...add);
  const error = { kind: 'forbidden', resource: 'nodes', action: 'read' } as const;
  stage.registry.nodes = async () => ({ ok: false, error });
  const { code, out } = await stage.run('profile', 'test');
  expect(code).toBe(0);
  expect(out).toMatch(/^nodes +This user has no read permission/m);
});

test.each([
  ['en', 'ORDERS@@orders: its own drain holds still; take one away with: '],
  ['zh-CN', 'ORDERS@@orders 仍以自己的排空设置为准；取消它请用：'],
] as const)('a drain of any service says whose own one holds still, in %s', async (language, said) => {
  const stage = setStage();
  const edit = ['profile', 'edit', 'prod'] as const;
  const lang = ['--lang', language] as const;
  expect((await stage.run(...add)).code).toBe(0);
  const silent = async (...flags: readonly string[]) =>
    expect((await stage.run(...edit, ...flags, ...lang)).err).not.toContain(said);
  await silent('--drain', '40s');
  await silent('--service', 'ORDERS@@orders', '--drain', 'dubbo');
  await silent('--minimum', '1');
  const { code, err } = await stage.run(...edit, '--drain', '20s', ...lang);
  const mend = 'nacos-rollout profile edit prod --service ORDERS@@orders --unset drain';
  expect([code, err.trimEnd().split('\n').at(-1)]).toEqual([0, `${said}${mend}`]);
  expect((await stage.run(...mend.split(' ').slice(1))).code).toBe(0);
  await silent('--drain', '10s');
});
