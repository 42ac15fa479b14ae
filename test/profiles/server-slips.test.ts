import { expect, test } from 'vitest';
import { flagsFrom } from '../../src/profiles/connection-flags.ts';
import { serverAddress } from '../../src/profiles/server-address.ts';
import { profiles } from '../../src/i18n/en/profiles.ts';

function answered(typed: string): string {
  const read = serverAddress(typed, '/nacos');
  return read.ok ? read.address : profiles.problem(read.problem);
}

const forms = 'http://HOST:8848, https://HOST:PORT or HOST';

/** What was typed, and what is answered. */
test.for([
  [' http://10.0.0.1:8848/ \n', 'http://10.0.0.1:8848'],
  ['10.0.0.1/nacos/', 'http://10.0.0.1:8848'],
  ['2001:db8::1', 'http://[2001:db8::1]:8848'],
  ['', `The address of a server is empty (a variable that is not set?): write ${forms}.`],
  ['  ', `The address of a server is empty (a variable that is not set?): write ${forms}.`],
  ['8848', `8848 is not a server address: write ${forms}.`],
  ['--json', `--json is not a server address: write ${forms}.`],
  ['htp://10.0.0.1', `htp://10.0.0.1 is not a server address: write ${forms}.`],
  ['http://', `http:// is not a server address: write ${forms}.`],
  ['10.0.0.1:99999', `10.0.0.1:99999 is not a server address: write ${forms}.`],
  ['http://10.0.0.1:8848/nacos/#/login', wrong('http://10.0.0.1:8848')],
  ['https://nacos.example/nacos/index.html#/service?ns=a', wrong('https://nacos.example:8848')],
  ['http:/10.0.0.1:8848', wrong('http://10.0.0.1:8848')],
  ['http//10.0.0.1:8848', wrong('http://10.0.0.1:8848')],
  ['https:10.0.0.1:8848', wrong('https://10.0.0.1:8848')],
  ['“http://10.0.0.1:8848”', wrong('http://10.0.0.1:8848')],
  ['10.0.0.1：8848', wrong('http://10.0.0.1:8848')],
  ['10。0。0。1:8848', 'http://10.0.0.1:8848'],
  ['2001:db8::5:8848', 'http://[2001:db8::5:8848]:8848'],
  ['2001:db8:0:0:0:0:0:1:8848', wrong('http://[2001:db8::1]:8848')],
  ['a:1,b', 'a:1,b is several servers in one: give each by itself, a:1 and b.'],
  [
    'http://a:1; http://b',
    'http://a:1; http://b is several servers in one: give each by itself, http://a:1 and http://b.',
  ],
  [
    'http://ann:s3cret@a,b',
    'A server address has a user or a password in it: take it out, and give --username and --password-from.',
  ],
  [
    'http://a/other',
    'http://a/other has a path: leave it out, and give --context-path /other if Nacos is there.',
  ],
] as const)('%j: %s', ([typed, answer]) => {
  expect(answered(typed)).toBe(answer.replace('TYPED', () => typed));
});

function wrong(meant: string): string {
  return `TYPED is not a server address: write ${meant}.`;
}

test.for([
  ['a:1,', ['a:1']],
  [' a , ,b ', ['a', 'b']],
  [',', ['', '']],
] as const)('NACOS_ROLLOUT_SERVER=%j', ([value, servers]) => {
  expect(flagsFrom({ NACOS_ROLLOUT_SERVER: value }).server).toEqual(servers);
});
