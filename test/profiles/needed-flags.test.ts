import { expect, test } from 'vitest';
import type { ConnectionSpec } from '../../src/core/registry/connection-spec.ts';
import { neededFlags } from '../../src/profiles/needed-flags.ts';
import type { ProfileFile } from '../../src/profiles/profile.ts';
import type { ProfileStore } from '../../src/profiles/store.ts';

const spec: ConnectionSpec = {
  servers: ['http://10.0.0.1:8848', 'http://10.0.0.2:8848'],
  acceptedNodes: [],
  contextPath: '/nacos',
  namespace: 'public',
  tls: {},
  isProduction: false,
  isReadOnly: false,
};
const both = '--server http://10.0.0.1:8848 --server http://10.0.0.2:8848';
const prod = { servers: ['10.0.0.1', '10.0.0.2'], namespace: 'prod' };
const login = { username: 'deployer', passwordFrom: 'env:PW' };

const nothing = { path: '', save: () => undefined, remove: () => undefined, use: () => undefined };

test.each<[string, Partial<ConnectionSpec>, Record<string, string>, ProfileFile, string]>([
  ['nothing is kept', {}, {}, { profiles: {} }, both],
  ['the environment says it', {}, { SERVER: '10.0.0.2,10.0.0.1' }, { profiles: {} }, ''],
  ['the environment says another', {}, { SERVER: '10.0.0.9' }, { profiles: {} }, both],
  [
    'the current profile is it',
    { profile: 'p', namespace: 'prod' },
    {},
    { current: 'p', profiles: { p: prod } },
    '',
  ],
  [
    'it is given, the current profile is the same',
    { namespace: 'prod' },
    {},
    { current: 'p', profiles: { p: prod } },
    '',
  ],
  [
    'another profile is current',
    { profile: 'p', namespace: 'prod' },
    {},
    { current: 'q', profiles: { p: prod, q: { servers: ['10.0.0.9'] } } },
    '--profile p',
  ],
  [
    'the namespace was given',
    { profile: 'p' },
    {},
    { current: 'p', profiles: { p: prod } },
    '--profile p --namespace public',
  ],
  [
    'the profile was reached at another server',
    { profile: 'p', namespace: 'prod', servers: ['http://10.99.0.1:8848'] },
    {},
    { current: 'p', profiles: { p: prod } },
    '--server http://10.99.0.1:8848 --namespace prod',
  ],
  [
    'the environment names another namespace',
    {},
    { NAMESPACE: 'dev' },
    { profiles: {} },
    `${both} --namespace public`,
  ],
  [
    'the profile is gone',
    { profile: 'p', namespace: 'prod' },
    {},
    { profiles: {} },
    `${both} --namespace prod`,
  ],
  [
    'as another user',
    { ...login },
    {},
    { current: 'p', profiles: { p: { servers: prod.servers } } },
    `${both} --username deployer --password-from env:PW`,
  ],
  [
    'elsewhere',
    { contextPath: '/reg', tls: { ca: '/ca.pem' }, dialect: 'v3' },
    {},
    { profiles: {} },
    `${both} --context-path /reg --ca /ca.pem --dialect v3`,
  ],
])('as few flags as reach it: %s', (_, more, set, profiles, words) => {
  const env = Object.fromEntries(
    Object.entries(set).map(([name, value]) => [`NACOS_ROLLOUT_${name}`, value]),
  );
  const store: ProfileStore = {
    ...nothing,
    read: () => ({ ok: true, value: { warnings: [], ...profiles } }),
  };
  expect(neededFlags({ ...spec, ...more }, env, store).join(' ')).toBe(words);
});
