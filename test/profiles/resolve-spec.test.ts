import { lstatSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Profile } from '../../src/profiles/profile.ts';
import { resolveSpec } from '../../src/profiles/resolve-spec.ts';
import { serverAddress } from '../../src/profiles/server-address.ts';
import { configDirectory } from '../../src/profiles/config-place.ts';
import { type ProfileStore, openProfileStore } from '../../src/profiles/store.ts';
import { newDirectory } from '../support/new-directory.ts';

function storeWith(profiles: Readonly<Record<string, Profile>>): ProfileStore {
  const store = openProfileStore(newDirectory('store'));
  for (const [name, profile] of Object.entries(profiles)) expect(store.save(name, profile)).toBeUndefined();
  return store;
}

const prod: Profile = {
  servers: ['prod.example'],
  namespace: 'p',
  group: 'G',
  username: 'ann',
  passwordFrom: 'env:PW',
  production: true,
};

test('flag over environment over profile over default', () => {
  const store = storeWith({ prod });
  const env = { NACOS_ROLLOUT_NAMESPACE: 'e', NACOS_ROLLOUT_USERNAME: 'env', NACOS_ROLLOUT_DIALECT: '' };
  const resolved = resolveSpec({ username: 'flag' }, env, store);
  expect(resolved).toMatchObject({
    ok: true,
    group: 'G',
    spec: {
      profile: 'prod',
      servers: ['http://prod.example:8848'],
      namespace: 'e',
      username: 'flag',
      passwordFrom: 'env:PW',
      contextPath: '/nacos',
      isProduction: true,
      isReadOnly: false,
    },
  });
  expect(resolved.ok && 'dialect' in resolved.spec).toBe(false);
});

test.each([
  ['', '/base'],
  ['/', ''],
  ['/elsewhere/', '/elsewhere'],
])('NACOS_ROLLOUT_CONTEXT_PATH=%j: an empty variable gives nothing, / is the root', (path, contextPath) => {
  const store = storeWith({ prod: { ...prod, contextPath: '/base' } });
  const resolved = resolveSpec({}, { NACOS_ROLLOUT_CONTEXT_PATH: path }, store);
  expect(resolved).toMatchObject({ ok: true, spec: { contextPath } });
});

test('a server that is given by itself never gets the current profile’s password', () => {
  const store = storeWith({ prod });
  for (const resolved of [
    resolveSpec({ server: ['other'] }, {}, store),
    resolveSpec({}, { NACOS_ROLLOUT_SERVER: 'other' }, store),
  ])
    expect(resolved).toEqual({
      ok: true,
      group: 'DEFAULT_GROUP',
      layer: { defaults: undefined, services: {}, isGroupGiven: false },
      warnings: [],
      spec: {
        servers: ['http://other:8848'],
        acceptedNodes: [],
        contextPath: '/nacos',
        namespace: 'public',
        tls: { ca: undefined, cert: undefined, key: undefined },
        isProduction: false,
        isReadOnly: false,
      },
    });
});

test('with a profile named, its other settings hold for a given server', () => {
  const resolved = resolveSpec({ profile: 'prod', server: ['a', 'b:1'] }, {}, storeWith({ prod }));
  expect(resolved).toMatchObject({ spec: { servers: ['http://a:8848', 'http://b:1'], username: 'ann' } });
});

test('an access key comes by reference: from flags, the environment or a profile', () => {
  const hosted: Profile = {
    servers: ['x'],
    accessKeyFrom: 'env:A',
    secretKeyFrom: 'file:/s',
    securityTokenFrom: 'command:t',
    signatureRegion: 'cn-hangzhou',
  };
  const { servers: _servers, ...key } = hosted;
  const variables = {
    NACOS_ROLLOUT_ACCESS_KEY_FROM: 'env:A',
    NACOS_ROLLOUT_SECRET_KEY_FROM: 'file:/s',
    NACOS_ROLLOUT_SECURITY_TOKEN_FROM: 'command:t',
    NACOS_ROLLOUT_SIGNATURE_REGION: 'cn-hangzhou',
  };
  for (const resolved of [
    resolveSpec({ server: ['x'], ...key }, {}, storeWith({})),
    resolveSpec({ server: ['x'] }, variables, storeWith({})),
    resolveSpec({}, {}, storeWith({ hosted })),
  ])
    expect(resolved).toMatchObject({ ok: true, spec: key });
});

test.each([
  [{}, {}, 'no-server'],
  [{ profile: 'none' }, {}, 'no-such-profile'],
  [{ server: ['x'], passwordFrom: 'hunter2', username: 'a' }, {}, 'literal-password'],
  [{ server: ['x'], passwordFrom: 'env:A' }, {}, 'password-without-user'],
  [{ server: ['x'], accessKeyFrom: 'LTAI', secretKeyFrom: 'env:S' }, {}, 'literal-key'],
  [{ server: ['x'], accessKeyFrom: 'env:A', secretKeyFrom: 'hunter2' }, {}, 'literal-key'],
  [{ server: ['x'], accessKeyFrom: 'env:A' }, {}, 'key-in-part'],
  [{ server: ['x'], secretKeyFrom: 'env:S' }, {}, 'key-in-part'],
  [{ server: ['x'] }, { NACOS_ROLLOUT_SECURITY_TOKEN_FROM: 'env:T' }, 'key-in-part'],
  [{ server: ['x'] }, { NACOS_ROLLOUT_SIGNATURE_REGION: 'cn-hangzhou' }, 'key-in-part'],
  [{ server: ['x'], accessKeyFrom: 'env:A', secretKeyFrom: 'env:S', username: 'a' }, {}, 'user-and-key'],
  [
    { server: ['x'], username: 'a' },
    { NACOS_ROLLOUT_ACCESS_KEY_FROM: 'env:A', NACOS_ROLLOUT_SECRET_KEY_FROM: 'env:S' },
    'user-and-key',
  ],
  [{ server: ['x'], cert: 'c.pem' }, {}, 'certificate-without-key'],
  [{ server: ['x'] }, { NACOS_ROLLOUT_DIALECT: 'v2' }, 'bad-dialect'],
  [{ server: ['ftp://x'] }, {}, 'bad-server'],
  [{ server: ['x'], acceptNode: ['a b'] }, {}, 'several-servers'],
])('%j with %j is %s', (flags, env, kind) => {
  expect(resolveSpec(flags, env, storeWith({}))).toMatchObject({ ok: false, problem: { kind } });
});

test.each([
  ['10.0.0.1', 'http://10.0.0.1:8848'],
  ['nacos.example:80', 'http://nacos.example:80'],
  ['http://nacos.example:80/', 'http://nacos.example:80'],
  ['https://nacos.example', 'https://nacos.example:8848'],
  ['HTTPS://Nacos.Example:443/nacos/', 'https://nacos.example:443'],
  ['[::1]:8849', 'http://[::1]:8849'],
  ['[::1]', 'http://[::1]:8848'],
  ['::1', 'http://[::1]:8848'],
  ['2001:DB8:0:0:0:0:0:1', 'http://[2001:db8::1]:8848'],
  ['http://[2001:db8:0::1]:80', 'http://[2001:db8::1]:80'],
  ['http://2001:db8::1/nacos', 'http://[2001:db8::1]:8848'],
])('server %s is %s', (text, address) => {
  expect(serverAddress(text, '/nacos')).toEqual({ ok: true, address });
});

test.each([
  ['', 'empty-server'],
  ['http://', 'bad-server'],
  ['http://a?x=1', 'bad-server'],
  ['2001:db8::1::2', 'bad-server'],
  ['[::1', 'bad-server'],
  ['http://a:99999', 'bad-server'],
  ['http://a/other', 'server-with-path'],
  ['http://ann:pw@a', 'server-with-user'],
])('server %j is %s', (text, kind) => {
  expect(serverAddress(text, '/nacos')).toMatchObject({ ok: false, problem: { kind } });
});

test('configuration lies where XDG says', () => {
  expect(configDirectory({}, '/home/ann')).toBe('/home/ann/.config/nacos-rollout');
  expect(configDirectory({ XDG_CONFIG_HOME: '/etc/x' }, '/home/ann')).toBe('/etc/x/nacos-rollout');
  expect(configDirectory({ XDG_CONFIG_HOME: 'relative' }, '/home/ann')).toBe(
    '/home/ann/.config/nacos-rollout',
  );
});

test('reading profiles makes no directory', () => {
  const store = openProfileStore('/nonexistent/nacos-rollout');
  expect(store.read()).toEqual({ ok: true, value: { profiles: {}, warnings: [] } });
});

test('a profile file that is a link stays one, and what it leads to is written whole', () => {
  const [place, elsewhere] = [newDirectory('store'), newDirectory('dotfiles')];
  const kept = join(elsewhere, 'kept.json');
  writeFileSync(kept, '{"profiles":{}}', { mode: 0o600 });
  symlinkSync(kept, join(place, 'profiles.json'));
  const store = openProfileStore(place);
  expect(store.save('prod', { servers: ['10.0.0.1'] })).toBeUndefined();
  expect(lstatSync(store.path).isSymbolicLink()).toBe(true);
  expect(JSON.parse(readFileSync(kept, 'utf8'))).toMatchObject({ current: 'prod' });
  expect(statSync(kept).mode & 0o777).toBe(0o600);
  expect([readdirSync(place), readdirSync(elsewhere)]).toEqual([['profiles.json'], ['kept.json']]);
});
