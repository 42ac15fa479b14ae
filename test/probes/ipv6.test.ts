import { describe, expect, test } from 'vitest';
import { type Check, type Registration } from '../../src/core/plan/plan.ts';
import { fillPlaceholders } from '../../src/core/plan/placeholders.ts';
import { realCaller } from '../../src/probes/call.ts';
import { realProbe } from '../../src/probes/probe.ts';
import { realClock } from '../../src/world/clock.ts';
import { realCommands } from '../../src/world/commands.ts';
import { instance, registrationOf } from '../simulation/scenario/scenario.ts';
import { linkLocalAddress, listenOn, whyNoIpv6 } from '../support/servers/ipv6-listener.ts';

const own = registrationOf(instance('orders', 'DEFAULT_GROUP', 1, 8080));
const at = (ip: string, port = 8080): Registration => ({ ...own, ip, port });
const probe = realProbe(realClock, { PATH: process.env['PATH'] ?? '' });
const never = new AbortController().signal;
const often = { successes: 1, withinMs: 1000 };
const tcp: Check = { kind: 'tcp', isDefault: true, ...often };
const http = (url: string): Check => ({ kind: 'http', url, ...often });

describe('a URL', () => {
  test.each([
    ['http://{ip}:{port}/up', '[2001:db8::5]', 'http://[2001:db8::5]:8080/up'],
    ['http://{ip}:{port}/up', '2001:DB8:0:0:0:0:0:5', 'http://[2001:db8::5]:8080/up'],
    ['http://[{ip}]:{port}/up', '[2001:db8::5]', 'http://[2001:db8::5]:8080/up'],
    ['http://[{ip}]:{port}/up', '2001:db8::5', 'http://[2001:db8::5]:8080/up'],
    ['http://[{ip}]:{port}/up', '10.0.0.1', 'http://10.0.0.1:8080/up'],
    ['http://{instance}/up', '2001:db8:0:0:0:0:0:5', 'http://[2001:db8::5]:8080/up'],
    ['http://{ip}:{port}/', 'fe80::8%eth0', 'http://[fe80::8%25eth0]:8080/'],
    ['http://{instance}/', '[fe80:0:0:0:0:0:0:8%eth0]', 'http://[fe80::8%25eth0]:8080/'],
    ['http://{ip}:{port}/', '::ffff:10.0.0.1', 'http://10.0.0.1:8080/'],
    ['https://gateway/off/{ip}?at={instance}', '10.0.0.1', 'https://gateway/off/10.0.0.1?at=10.0.0.1:8080'],
    [
      'https://gateway/off/{ip}?at={instance}',
      '[2001:db8:0::5]',
      'https://gateway/off/%5B2001:db8:0::5%5D?at=%5B2001:db8::5%5D:8080',
    ],
  ])('%s for %s is %s', (template, ip, url) => {
    expect(fillPlaceholders(template, at(ip), 'url')).toBe(url);
  });

  test('in a word of a command the ip is as it is registered', () => {
    expect(fillPlaceholders('{ip} {instance}', at('2001:db8:0:0:0:0:0:5'), 'word')).toBe(
      '2001:db8:0:0:0:0:0:5 [2001:db8::5]:8080',
    );
  });
});

const isWithoutIpv6 = whyNoIpv6() !== undefined;

describe.skipIf(isWithoutIpv6)('what listens on ::1', () => {
  test.each(['::1', '[::1]', '0:0:0:0:0:0:0:1', '[0:0:0:0:0:0:0:1]', '0000::0001', '::1%lo'])(
    'answers whoever is registered as %s',
    async (ip) => {
      const listener = await listenOn('::1');
      const registered = at(ip, listener.port);
      expect(await probe(tcp, registered, never)).toMatchObject({ kind: 'good' });
      for (const url of ['http://{ip}:{port}/a', 'http://[{ip}]:{port}/b', 'http://{instance}/c'])
        expect(await probe(http(url), registered, never), url).toMatchObject({ kind: 'good' });
      const host = `[::1]:${listener.port}`;
      expect(listener.asked).toEqual([`${host} /a`, `${host} /b`, `${host} /c`]);
      await listener.close();
      expect(await probe(tcp, registered, never)).toMatchObject({ kind: 'refused', detail: 'ECONNREFUSED' });
    },
  );

  test('a command that checks is told the ip as it is registered, and the instance as it can be named', async () => {
    const run = `test "$NACOS_ROLLOUT_IP $NACOS_ROLLOUT_INSTANCE" = '[0:0:0:0:0:0:0:1] [::1]:8080'`;
    expect(await probe({ kind: 'command', run, ...often }, at('[0:0:0:0:0:0:0:1]'), never)).toMatchObject({
      kind: 'good',
    });
  });
});

test('an address of one link is reached over that link, and asked without it', async ({ skip }) => {
  const address = linkLocalAddress();
  if (address === undefined) return skip('this machine has no such address');
  const listener = await listenOn(address);
  const host = `[${address.replace(/%.*/, '')}]:${listener.port}`;
  for (const ip of [address, `[${address}]`]) {
    const registered = at(ip, listener.port);
    expect(await probe(tcp, registered, never)).toMatchObject({ kind: 'good' });
    expect(await probe(http('http://{ip}:{port}/up'), registered, never)).toMatchObject({ kind: 'good' });
    const url = fillPlaceholders('http://{ip}:{port}/off', registered, 'url');
    const caller = realCaller(realClock, realCommands(realClock, {}));
    const place = { directory: '/nowhere', workingDirectory: '/', environment: {} };
    const order = {
      purpose: 'leave',
      call: { method: 'POST', url },
      registrations: [registered],
      place,
    } as const;
    expect(await caller(order, never)).toMatchObject({ kind: 'good' });
  }
  expect(listener.asked).toEqual([`${host} /up`, `${host} /off`, `${host} /up`, `${host} /off`]);
  await listener.close();
});
