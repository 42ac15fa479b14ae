import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentForCommands } from '../../src/wiring/environment.ts';
import { namedPipe } from '../support/named-pipe.ts';
import { newDirectory } from '../support/new-directory.ts';

const profiles = {
  current: 'shanghai',
  profiles: {
    shanghai: { servers: ['http://10.0.0.1:8848'], username: 'ops', passwordFrom: 'env:SH_PASSWORD' },
    beijing: {
      servers: ['http://10.1.0.1:8848'],
      accessKeyFrom: 'env:BJ_KEY',
      secretKeyFrom: 'command:vault -t "$BJ_VAULT" $HOME/x',
    },
  },
};
const secret = { SH_PASSWORD: 's1', BJ_KEY: 's2', BJ_VAULT: 's3', OWN_PASSWORD: 's4', GIVEN: 's5' };
const open = { HOME: '/home/ops', PATH: '/bin', APP_HOME: '/srv' };

function visibleWith(text: string | undefined, more: Readonly<Record<string, string>> = {}) {
  const config = newDirectory('environment');
  if (text !== undefined) {
    mkdirSync(join(config, 'nacos-rollout'));
    writeFileSync(join(config, 'nacos-rollout', 'profiles.json'), text);
  }
  const env = { ...open, ...secret, ...more, XDG_CONFIG_HOME: config };
  const { XDG_CONFIG_HOME: _config, ...seen } = environmentForCommands(env, {
    passwordFrom: 'env:OWN_PASSWORD',
  });
  return seen;
}

test('a command gets no variable that a secret of any profile is in, or comes from', () => {
  const given = { NACOS_ROLLOUT_PASSWORD_FROM: 'env:GIVEN' };
  expect(visibleWith(JSON.stringify(profiles), given)).toEqual({ ...open, ...given });
});

test('nor where the file of the profiles has a slip in it, and no profile can be read', () => {
  const text = JSON.stringify(profiles).replace('"current"', '"curent"');
  const { GIVEN, ...hidden } = secret;
  for (const broken of [text, text.slice(0, -1)]) {
    const seen = visibleWith(broken);
    expect(seen).toEqual({ ...open, GIVEN });
    for (const name of Object.keys(hidden)) expect(seen).not.toHaveProperty(name);
  }
});

test('without profiles it is the own one that counts', () => {
  const { OWN_PASSWORD: _own, ...others } = secret;
  expect(visibleWith(undefined)).toEqual({ ...open, ...others });
});

test('a pipe in the place of the profiles, which nobody writes into, holds up no command', () => {
  const config = newDirectory('environment');
  mkdirSync(join(config, 'nacos-rollout'));
  renameSync(namedPipe(), join(config, 'nacos-rollout', 'profiles.json'));
  expect(environmentForCommands({ ...open, XDG_CONFIG_HOME: config }, {})).toMatchObject(open);
});

test('a variable of ours whose name says that a secret is in it reaches no command; a reference does', () => {
  const secrets = {
    NACOS_ROLLOUT_PASSWORD: 's6',
    NACOS_ROLLOUT_DB_PASSWORD_PROD: 's7',
    NACOS_ROLLOUT_SECRET: 's8',
    NACOS_ROLLOUT_SECRET_KEY: 's9',
    nacos_rollout_token: 's10',
  };
  const told = {
    NACOS_ROLLOUT_LANG: 'en',
    NACOS_ROLLOUT_SECRET_KEY_FROM: 'file:/run/key',
    NACOS_ROLLOUT_SECURITY_TOKEN_FROM: 'file:/run/token',
    APP_PASSWORD: 'of the application',
  };
  const { OWN_PASSWORD: _own, ...others } = secret;
  expect(visibleWith(undefined, { ...secrets, ...told })).toEqual({ ...open, ...others, ...told });
});

test('a command reaches the Nacos of its rollout, and hears nothing of another rollout that began it', () => {
  const shell = {
    NACOS_ROLLOUT_PROFILE: 'prod',
    NACOS_ROLLOUT_SERVER: 'http://prod:8848',
    NACOS_ROLLOUT_INSTANCE: '10.0.0.9:8080',
    NACOS_ROLLOUT_EVENT_FILE: '/old/event.json',
    NACOS_ROLLOUT_LANG: 'en',
  };
  const config = newDirectory('environment');
  const seen = (spec: Parameters<typeof environmentForCommands>[1]) => {
    const { XDG_CONFIG_HOME: _config, ...told } = environmentForCommands(
      { ...shell, XDG_CONFIG_HOME: config },
      spec,
    );
    return told;
  };
  const servers = ['http://10.0.0.1:8848', 'http://10.0.0.2:8848'];
  expect(seen({ servers, namespace: 'dev' })).toEqual({
    NACOS_ROLLOUT_LANG: 'en',
    NACOS_ROLLOUT_SERVER: 'http://10.0.0.1:8848,http://10.0.0.2:8848',
    NACOS_ROLLOUT_NAMESPACE: 'dev',
  });
  expect(seen({ servers, namespace: 'dev', profile: 'test' })).toEqual({
    NACOS_ROLLOUT_LANG: 'en',
    NACOS_ROLLOUT_PROFILE: 'test',
    NACOS_ROLLOUT_NAMESPACE: 'dev',
  });
});
