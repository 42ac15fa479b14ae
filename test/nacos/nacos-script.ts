import { onTestFinished } from 'vitest';
import { openRegistry, type RegistryOptions } from '../../src/nacos/open-registry.ts';
import { realClock } from '../../src/world/clock.ts';
import type { Connection } from '../../src/world/connection.ts';
import type { InstanceWrite, Registry } from '../../src/world/registry.ts';
import { connectionTo } from '../contract/subjects/subject.ts';
import {
  absentPath,
  type Script,
  scriptedServer,
  type ScriptedServer,
} from '../support/servers/scripted-server.ts';

const state = { code: 0, message: 'success', data: { version: '3.1.0' } };

/** A 3.x that says what it is, and answers the rest as the test says. */
export const asNacos3 =
  (rest: Script): Script =>
  (request) =>
    request.path === '/nacos/v3/admin/core/state' ? { body: state } : rest(request);

/** A script by path; every other path is absent. */
export const byPath =
  (answers: Readonly<Record<string, unknown>>): Script =>
  ({ method, path }) => {
    const key = [`${method} ${path}`, path].find((one) => one in answers);
    return key === undefined ? absentPath : { body: answers[key] };
  };

/** A scripted server that ends with the test. */
export async function scripted(...[script, tls]: Parameters<typeof scriptedServer>): Promise<ScriptedServer> {
  const server = await scriptedServer(script, tls);
  onTestFinished(() => server.close());
  return server;
}

/** A registry that ends with the test. */
export function registryFor(
  url: string,
  overrides: Partial<Connection> = {},
  options: Partial<RegistryOptions> = {},
): Registry {
  const connection = { ...connectionTo(url, undefined), ...overrides };
  const registry = openRegistry(connection, { clock: realClock, ...options });
  onTestFinished(() => registry.close());
  return registry;
}

export const orders = { namespace: 'public', group: 'DEFAULT_GROUP', service: 'orders' };
export const first = { ...orders, cluster: 'DEFAULT', ip: '10.0.0.1', port: 8080 };

export const off: InstanceWrite = {
  instance: first,
  enabled: false,
  weight: 5,
  mode: 'registered',
};
