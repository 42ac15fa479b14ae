import { expect, onTestFinished, test } from 'vitest';
import { leaseInstance } from '../../../src/core/registry/lease.ts';
import { openNacos } from '../../../src/nacos/open-registry.ts';
import { type Clock, realClock } from '../../../src/world/clock.ts';
import type { OwnInstance, Presence } from '../../../src/world/registry.ts';
import { connectionTo } from '../../contract/subjects/subject.ts';
import { absentPath, type Script, type ScriptedServer } from '../../support/servers/scripted-server.ts';
import { heard } from '../../support/time/heard.ts';
import { until } from '../../support/time/until.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { scripted } from '../nacos-script.ts';

const lease: OwnInstance = {
  instance: leaseInstance('public', '0a1b2c3d'),
  weight: 0,
  enabled: false,
  metadata: { id: '0a1b2c3d' },
};
const path = '/nacos/v3/client/ns/instance';
const forgotten = { body: { code: 21_003, message: 'instance not found', data: null } };

/** A 3.x without v1 and v2. */
const withoutV1 =
  (version: string, rest: Script = () => ({ body: { code: 0, data: 'ok' } })): Script =>
  (request) => {
    if (request.path === '/nacos/v3/admin/core/state') return { body: { code: 0, data: { version } } };
    return request.path.startsWith('/nacos/v3/') ? rest(request) : absentPath;
  };

/** Three members, and a presence that knows two of them by the profile and one as accepted. */
async function members(
  scripts: readonly Script[],
  clock: Clock = realClock,
): Promise<{
  readonly servers: readonly ScriptedServer[];
  readonly presence: Presence;
  readonly told: () => readonly string[];
}> {
  const servers = await Promise.all(scripts.map((script) => scripted(script)));
  const [one = '', two = '', three = ''] = servers.map(({ url }) => url);
  const connection = { ...connectionTo(one, undefined), servers: [one, two], acceptedNodes: [three] };
  const { registry, presence } = openNacos(connection, { clock });
  onTestFinished(() => registry.close());
  const told = (): readonly string[] =>
    servers.map(({ requests }) =>
      requests
        .filter((request) => request.path === path)
        .map(({ method, query }) => (query.get('heartBeat') === 'true' ? 'beat' : method))
        .join(' '),
    );
  return { servers, presence, told };
}

const v1Count = ({ requests }: ScriptedServer): number =>
  requests.filter((request) => request.path.startsWith('/nacos/v1/')).length;

test('where v1 is gone every member is told, and v1 is asked for once', async () => {
  const all = withoutV1('3.1.0');
  const { servers, presence, told } = await members([all, all, all]);
  expect(await presence.announce(lease)).toEqual({ ok: true, value: undefined });
  expect(await presence.beat(lease)).toEqual({ ok: true, value: 'known' });
  expect(await presence.withdraw(lease)).toEqual({ ok: true, value: undefined });
  expect(told()).toEqual(['POST beat DELETE', 'POST beat DELETE', 'POST beat DELETE']);
  expect(servers.map(v1Count)).toEqual([1, 0, 0]);
});

test('of 3.2 nobody asks for v1, and a request that is only shown is the one that is sent', async () => {
  const all = withoutV1('3.2.4');
  const { servers, presence } = await members([all, all, all]);
  expect(await presence.announce(lease)).toEqual({ ok: true, value: undefined });
  expect(servers.map(v1Count)).toEqual([0, 0, 0]);
  expect(presence.requestOf('announce', lease).url).toContain(path);
});

test('whoever asks while it is found out that v1 is gone is not refused for it', async () => {
  const all = withoutV1('3.1.0');
  const { presence } = await members([all, all, all]);
  const both = await Promise.all([presence.announce(lease), presence.announce(lease)]);
  expect(both.map(({ ok }) => ok)).toEqual([true, true]);
});

test.for([
  { silent: 0, isForgotten: true, answer: { ok: true, value: 'forgotten' } },
  { silent: 1, isForgotten: false, answer: { ok: true, value: 'known' } },
  { silent: 2, isForgotten: false, answer: { ok: false } },
])(
  'a beat to three members, $silent of them silent, one forgetful: $isForgotten',
  async ({ silent, isForgotten, answer }) => {
    const scripts = [0, 1, 2].map((index) =>
      withoutV1('3.2.4', () => {
        if (index > 2 - silent) return 'break';
        return isForgotten && index === 2 ? forgotten : { body: { code: 0, data: 'ok' } };
      }),
    );
    const { presence } = await members(scripts);
    expect(await presence.beat(lease)).toMatchObject(answer);
  },
);

test('a member that hangs is not waited for until a beat is too late', async () => {
  const script = (isHanging: boolean): Script =>
    withoutV1('3.2.4', () => (isHanging ? 'hang' : { body: { code: 0, data: 'ok' } }));
  const clock = virtualClock();
  const { servers, presence } = await members([script(false), script(false), script(true)], clock);
  const beat = presence.beat(lease);
  await until(() => servers.every(({ requests }) => requests.some((request) => request.path === path)), 5);
  await heard();
  // Beats are 5 s apart, and a lease that could not be confirmed for 15 s is lost.
  await clock.advance(9_000);
  expect(await Promise.race([beat, Promise.resolve('waits')])).toEqual({ ok: true, value: 'known' });
});
