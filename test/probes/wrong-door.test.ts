import { expect, onTestFinished, test } from 'vitest';
import type { Check } from '../../src/core/plan/plan.ts';
import type { Reading } from '../../src/core/event/failure.ts';
import { words as chinese } from '../../src/i18n/zh-cn/words.ts';
import { words as english } from '../../src/i18n/en/words.ts';
import { realProbe } from '../../src/probes/probe.ts';
import { realClock } from '../../src/world/clock.ts';
import { registryFor } from '../nacos/nacos-script.ts';
import { bytesServer } from '../support/servers/bytes-server.ts';
import { scriptedServer } from '../support/servers/scripted-server.ts';
import { environment, never, registered } from './evidence/evidence-of.ts';

const mysql = Buffer.from('4a0000000a382e302e33360008000000', 'hex');

/** What other servers say to `GET / HTTP/1.1`. */
const others: readonly (readonly [string, Buffer, string, string])[] = [
  ['ssh', Buffer.from('SSH-2.0-OpenSSH_9.6\r\n'), 'an SSH server', 'SSH 服务'],
  ['mysql', mysql, 'a MySQL server', 'MySQL 服务'],
  [
    'mysql',
    Buffer.from("E\0\0\0\u00ffj\u0004Host 'x' is not allowed to connect to this MySQL server"),
    'a MySQL server',
    'MySQL 服务',
  ],
  [
    'redis',
    Buffer.from("-ERR wrong number of arguments for 'get' command\r\n"),
    'a Redis server',
    'Redis 服务',
  ],
  ['redis', Buffer.from('-DENIED Redis is running in protected mode\r\n'), 'a Redis server', 'Redis 服务'],
  ['mail', Buffer.from('220 mail.example ESMTP Postfix\r\n'), 'a mail server', '邮件服务'],
  ['ftp', Buffer.from('220 (vsFTPd 3.0.5)\r\n'), 'an FTP server', 'FTP 服务'],
  ['memcached', Buffer.from('ERROR\r\n'), 'a memcached server', 'memcached 服务'],
  ['http2', Buffer.from('00000604000000000000', 'hex'), 'a server of HTTP/2', 'HTTP/2'],
  ['no-http', Buffer.from('who are you?\n'), 'something that does not speak HTTP', '不支持 HTTP'],
];

async function readingOf(url: string): Promise<Reading> {
  const check: Check = { kind: 'http', url, successes: 1, withinMs: 1000 };
  return realProbe(realClock, environment)(check, registered, never);
}

test.for(others)('%s at the port of a check: %s', async ([found, bytes, sentence, zh]) => {
  const reading = await readingOf(`http://${await bytesServer(bytes)}/health`);
  expect(reading).toEqual({ kind: 'other-speaker', found });
  expect(english.failures.reading(reading)).toContain(sentence);
  expect(chinese.failures.reading(reading)).toContain(zh);
});

test.for(others.filter(([found]) => found !== 'http2'))(
  '%s at the address of Nacos: %s',
  async ([found, bytes, sentence]) => {
    const address = `http://${await bytesServer(bytes)}`;
    const answer = await registryFor(address).server();
    expect(answer).toMatchObject({ ok: false, error: { kind: 'not-nacos', address, found } });
    const said = answer.ok ? '' : english.failures.registryError(answer.error);
    expect(said).toContain(`At ${address} ${sentence} answers, and not Nacos`);
  },
);

test('https to a plain port, in a check', async () => {
  const server = await scriptedServer(() => ({ body: 'up' }));
  onTestFinished(() => server.close());
  const reading = await readingOf(server.url.replace('http:', 'https:'));
  expect(reading).toEqual({ kind: 'other-speaker', found: 'no-tls' });
  expect(english.failures.reading(reading)).toBe('it answers without TLS: write http:// for https://');
});

test('a name that nobody knows', async () => {
  const host = 'no-such-host.invalid';
  const unresolved = { kind: 'unresolved', host, detail: expect.stringMatching(/^E/) as string };
  const reading = await readingOf(`http://${host}:1/`);
  expect(reading).toEqual(unresolved);
  expect(english.failures.reading(reading)).toContain('the name no-such-host.invalid cannot be resolved');
  const answer = await registryFor(`http://${host}:8848`).server();
  expect(answer).toMatchObject({ ok: false, error: { kind: 'unreachable', host } });
});
