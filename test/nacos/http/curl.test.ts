import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { toCurl } from '../../../src/nacos/http/curl.ts';
import type { RequestText } from '../../../src/world/registry.ts';

/** The words that a shell makes of a command line, with curl replaced by something that shows them. */
function wordsOf(command: string): readonly string[] {
  const script = `curl() { printf '%s\\n' "$@"; }; ${command}`;
  const env = { PATH: process.env['PATH'], NACOS_TOKEN: 'the token', NACOS_PASSWORD: 'the password' };
  return execFileSync('sh', ['-c', script], { encoding: 'utf8', env }).trimEnd().split('\n');
}

test('a write is one command line, with the token as a variable', () => {
  const url = 'http://10.0.0.1:8848/nacos/v1/ns/instance?serviceName=G%40%40orders&ip=10.0.0.1&enabled=false';
  const command = toCurl({ method: 'PATCH', url, hasToken: true });
  expect(command).toBe(`curl -X PATCH -H "Authorization: Bearer $NACOS_TOKEN" '${url}'`);
  expect(wordsOf(command)).toEqual(['-X', 'PATCH', '-H', 'Authorization: Bearer the token', url]);
});

test.for([`it's`, '$(touch /tmp/x)', '`id`', '"quoted"', 'a b;c|d&e', '\\', "'; exit 1; '"])(
  'a shell sees nothing in %s',
  (text) => {
    const url = `http://10.0.0.1:8848/nacos?name=${text}`;
    expect(wordsOf(toCurl({ method: 'GET', url, hasToken: false }))).toEqual([url]);
  },
);

test('a login has the password as a variable, and an IPv6 address is no range', () => {
  const request: RequestText = {
    method: 'POST',
    url: 'http://[::1]:8848/nacos/v1/auth/login',
    body: "username=o'neil&password=$NACOS_PASSWORD",
    hasToken: false,
  };
  const body = "username=o'neil&password=the password";
  expect(wordsOf(toCurl(request))).toEqual(['--globoff', '-X', 'POST', '--data-raw', body, request.url]);
});

test('a signed write makes its signature, of variables, at the time that it is sent', () => {
  const url = 'http://10.0.0.1:8848/nacos/v1/ns/instance?ip=10.0.0.1';
  const signed = { service: "G@@it's", isTemporary: true, isOfRegion: false };
  const command = toCurl({ method: 'PATCH', url, hasToken: false, signed });
  const env = {
    PATH: process.env['PATH'],
    NACOS_ACCESS_KEY: 'the key',
    NACOS_SECRET_KEY: 'the secret',
    NACOS_SECURITY_TOKEN: 'the token',
  };
  const stand = `date() { echo 1795733815; }; openssl() { printf '<%s of %s>' "$*" "$(cat)"; }; base64() { cat; }`;
  const script = `${stand}; curl() { printf '%s\\n' "$@"; }; ${command}`;
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8', env }).trimEnd().split('\n')).toEqual([
    '-X',
    'PATCH',
    '--url-query',
    'ak=the key',
    '--url-query',
    "data=1795733815000@@G@@it's",
    '--url-query',
    "signature=<dgst -sha1 -hmac the secret -binary of 1795733815000@@G@@it's>",
    '--url-query',
    'Spas-SecurityToken=the token',
    url,
  ]);
});

test('with a region it is the key of the day that signs', () => {
  const signed = { service: '', isTemporary: false, isOfRegion: true };
  const command = toCurl({ method: 'GET', url: 'http://n/nacos/v1/ns/x', hasToken: false, signed });
  expect(command).toContain('-hmac "$NACOS_SIGNING_KEY"');
  expect(command).toContain('"signatureVersion=v4"');
});
