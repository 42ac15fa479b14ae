import { describe, expect, test } from 'vitest';
import { connectionKey, isSameNacos, serverKey } from '../../../src/core/registry/same-nacos.ts';
import { serverAddress } from '../../../src/profiles/server-address.ts';

/** As a profile has them: read as a person gave them. */
const reachedAt = (servers: readonly string[], contextPath = '/nacos', namespace = 'public') => ({
  servers: servers.map((text) => {
    const read = serverAddress(text, contextPath);
    if (!read.ok) throw new Error(`${text}: ${read.problem.kind}`);
    return read.address;
  }),
  contextPath,
  namespace,
});
const stored = (server: string) => ({ servers: [server], contextPath: '/nacos' });

describe('one Nacos', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['in another order', ['10.0.0.1', '10.0.0.2'], ['10.0.0.2', '10.0.0.1']],
    ['with one server of two', ['10.0.0.1', '10.0.0.2'], ['10.0.0.2']],
    ['with one server in common', ['10.0.0.1', '10.0.0.2'], ['10.0.0.2', '10.0.0.3']],
    ['with the port that is usual', ['10.0.0.1'], ['http://10.0.0.1:8848/nacos']],
    ['in another case', ['http://Nacos.Example'], ['nacos.example:8848']],
    ['an IPv6 address in full', ['[fd00::1]:8848'], ['[FD00:0:0:0:0:0:0:1]:8848']],
    ['an IPv4 address inside of an IPv6 one', ['10.0.0.1'], ['[::ffff:10.0.0.1]']],
  ])('%s', (_name, one, other) => {
    expect(isSameNacos(reachedAt(one), reachedAt(other))).toBe(true);
    expect(isSameNacos(reachedAt(other), reachedAt(one))).toBe(true);
  });

  test.each([
    ['http://[fd00::1]:8848', 'http://[fd00:0:0:0:0:0:0:1]:8848'],
    ['http://nacos', 'http://nacos:80'],
    ['https://nacos/', 'https://nacos:443'],
    ['https://nacos:8848', 'http://nacos:8848'],
  ])('%s and %s, as an older journal may have them', (one, other) => {
    expect(isSameNacos(stored(one), stored(other))).toBe(true);
  });

  test('has many namespaces', () => {
    const [dev, prod] = [reachedAt(['n'], '/nacos', 'dev'), reachedAt(['n'], '/nacos', 'prod')];
    expect(isSameNacos(dev, prod)).toBe(true);
  });
});

describe('another Nacos', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['on another host', ['10.0.0.1'], ['10.0.0.2']],
    ['on another port', ['10.0.0.1:8848'], ['10.0.0.1:80']],
    ['on another IPv6 address', ['[fd00::1]'], ['[fd00::2]']],
  ])('%s', (_name, one, other) => {
    expect(isSameNacos(reachedAt(one), reachedAt(other))).toBe(false);
  });

  test('behind another path of one gateway', () => {
    expect(isSameNacos(reachedAt(['gateway:443'], '/a'), reachedAt(['gateway:443'], '/b'))).toBe(false);
  });
});

test('what is no URL is compared as it is written', () => {
  expect(isSameNacos(stored('n 1'), stored('n 1'))).toBe(true);
  expect(isSameNacos(stored('n 1'), stored('n 2'))).toBe(false);
});

test('the key of a server names host and port', () => {
  expect(serverKey('http://10.0.0.1:8848')).toBe('10.0.0.1:8848');
  expect(serverKey('https://NACOS.example')).toBe('nacos.example:443');
  expect(serverKey('http://[FD00:0::1]:8848/')).toBe('[fd00::1]:8848');
});

test('one connection serves those that name the same servers, path and namespace', () => {
  const key = connectionKey(reachedAt(['10.0.0.1', '[fd00::1]']));
  expect(connectionKey(reachedAt(['[fd00:0::1]', 'http://10.0.0.1:8848']))).toBe(key);
  // A node that only one of them names may be the one that answers.
  expect(connectionKey(reachedAt(['10.0.0.1']))).not.toBe(key);
  expect(connectionKey(reachedAt(['10.0.0.1', '[fd00::1]'], '/other'))).not.toBe(key);
  expect(connectionKey(reachedAt(['10.0.0.1', '[fd00::1]'], '/nacos', 'dev'))).not.toBe(key);
});
