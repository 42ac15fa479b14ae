import { expect, onTestFinished, test } from 'vitest';
import { type Script, type ScriptedServer, scriptedServer } from '../../support/servers/scripted-server.ts';
import { evidenceOf, readOf } from './evidence-of.ts';

async function served(script: Script): Promise<ScriptedServer> {
  const server = await scriptedServer(script);
  onTestFinished(() => server.close());
  return server;
}

const ownUri = '/actuator/metrics/{requiredMetricName}';
const calls = '/metrics/http.server.requests';

type Boot = { readonly counts: Record<string, number>; readonly active?: number; readonly busy?: number };

/** Answers as Actuator does. */
function boot(base: string, { counts, active, busy }: Boot): Script {
  const missing = { status: 404, body: '' };
  const metric = (statistic: string, value: number, uris: readonly string[] = []) => ({
    body: { measurements: [{ statistic, value }], availableTags: [{ tag: 'uri', values: uris }] },
  });
  return ({ path, query }) => {
    const known = Object.keys(counts);
    if (path === `${base}/metrics`) return { body: { names: ['jvm.info'] } };
    if (path === `${base}${calls}.active`)
      return active === undefined ? missing : metric('ACTIVE_TASKS', active);
    if (path === `${base}/metrics/tomcat.threads.busy`)
      return busy === undefined ? missing : metric('VALUE', busy);
    if (path !== `${base}${calls}` || known.length === 0) return missing;
    const tags = query.getAll('tag');
    // Spring splits a single value at its commas.
    const wanted = tags.length === 1 ? tags[0]?.split(',') : [...new Set(tags)];
    if (tags.length === 0 || wanted === undefined)
      return metric(
        'COUNT',
        Object.values(counts).reduce((a, b) => a + b, 0),
        known,
      );
    const count = counts[wanted.join('\n').replace('uri:', '')];
    return count === undefined ? { status: wanted.length > 1 ? 400 : 404, body: '' } : metric('COUNT', count);
  };
}

const read = async (url: string, ignore?: string[]) =>
  evidenceOf({ kind: 'actuator', url, ...(ignore && { ignore }) });

test('each URI that consumers ask is counted; our own, other probes and those to be ignored are not', async () => {
  const counts = {
    '/orders/{id}': 12,
    '/items/{id:[0-9]{1,3}}': 3,
    '/ping': 99,
    [ownUri]: 40,
    '/actuator/health/**': 70,
    '/actuators': 1,
  };
  const { url } = await served(boot('/shop/actuator', { counts }));
  expect(readOf(await read(`${url}/shop/actuator/`, ['/ping']))).toEqual({
    unit: 'calls',
    isPerCaller: false,
    counters: [
      { caller: 'all', key: '/orders/{id}', value: 12 },
      { caller: 'all', key: '/items/{id:[0-9]{1,3}}', value: 3 },
      { caller: 'all', key: '/actuators', value: 1 },
    ],
  });
});

test('where Actuator has no path of its own its endpoints are left out by their names', async () => {
  const counts = { '/metrics/{requiredMetricName}': 9, '/health': 4, '/healthy': 2, '/metrics': 1 };
  const { url } = await served(boot('', { counts }));
  expect(readOf(await read(url)).counters).toEqual([{ caller: 'all', key: '/healthy', value: 2 }]);
});

test.each([
  ['our own request among them', { active: 3 }, { [ownUri]: 1 }, 2],
  ['our own request alone', { active: 1 }, { [ownUri]: 1 }, 0],
  ['our own request on another port', { active: 3 }, { '/orders': 1 }, 3],
  ['threads of Tomcat', { busy: 2 }, { [ownUri]: 1 }, 1],
  ['neither', {}, { [ownUri]: 1 }, undefined],
])('what is being answered, with %s', async (_name, gauges, counts, active) => {
  const { url } = await served(boot('/actuator', { counts, ...gauges }));
  expect(readOf(await read(`${url}/actuator`)).active).toBe(active);
});

test('before its first call there is no metric, and no call', async () => {
  const { url } = await served(boot('/actuator', { counts: {} }));
  expect(readOf(await read(`${url}/actuator`))).toEqual({ unit: 'calls', isPerCaller: false, counters: [] });
  expect(await read(`${url}/wrong`)).toEqual({ kind: 'failed', why: { kind: 'http-status', status: 404 } });
});

test('a login in the URL is sent as one, and is in no URL', async () => {
  const script = boot('/actuator', { counts: { '/a': 1 } });
  const { url, requests } = await served(script);
  const withUser = url.replace('://', '://ops:p%40ss@');
  expect(readOf(await read(`${withUser}/actuator`)).counters).toHaveLength(1);
  const sent = `Basic ${Buffer.from('ops:p@ss').toString('base64')}`;
  expect(new Set(requests.map(({ token }) => token))).toEqual(new Set([sent]));
});
