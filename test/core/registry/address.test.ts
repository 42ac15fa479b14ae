import {
  type Arbitrary,
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  integer,
  oneof,
  pre,
  property,
  record,
  tuple,
} from 'fast-check';
import { expect, test } from 'vitest';
import {
  addressKey,
  addressText,
  byAddress,
  hostInUrl,
  isPlausibleHost,
  isSameAddress,
  usualSpellings,
} from '../../../src/core/registry/address.ts';
import { byEndpoint, endpointText, instanceKey, isSameEndpoint } from '../../../src/core/registry/service.ts';

const group = oneof(constant(0), integer({ min: 0, max: 0xffff }));
const groups = array(group, { minLength: 8, maxLength: 8 });

/** Any way to write these groups: zeros in front, upper case, one run of zeros left out, the end as IPv4, brackets. */
const spelling = (of: readonly number[]): Arbitrary<string> =>
  record({
    width: integer({ min: 1, max: 4 }),
    isUpper: boolean(),
    skip: integer({ min: 0, max: 8 }),
    isDotted: boolean(),
    isBracketed: boolean(),
  }).map(({ width, isUpper, skip, isDotted, isBracketed }) => {
    const words = of.map((one) => one.toString(16).padStart(width, '0'));
    const bytes = of.slice(6).flatMap((one) => [one >> 8, one & 255]);
    const tail = isDotted ? [bytes.join('.')] : words.slice(6);
    const all = [...words.slice(0, 6), ...tail];
    let end = skip;
    while (end < 6 && of[end] === 0) end += 1;
    const text = end > skip ? `${all.slice(0, skip).join(':')}::${all.slice(end).join(':')}` : all.join(':');
    const cased = isUpper ? text.toUpperCase() : text;
    return isBracketed ? `[${cased}]` : cased;
  });

const address = groups.chain((of) => tuple(spelling(of), spelling(of)));

test('all spellings of an address are one address, and are shown as one text', () => {
  assert(
    property(address, ([one, other]) => {
      expect(isSameAddress(one, other)).toBe(true);
      expect(isPlausibleHost(one)).toBe(true);
      expect(addressText(one)).toBe(addressText(other));
      const [a, b] = [one, other].map((ip) => ({
        namespace: 'public',
        group: 'G',
        service: 's',
        ip,
        port: 80,
      }));
      if (a === undefined || b === undefined) return;
      expect(endpointText(a)).toBe(endpointText(b));
      expect(instanceKey(a)).toBe(instanceKey(b));
      expect(isSameEndpoint(a, b)).toBe(true);
      expect(byAddress(one, other)).toBe(0);
    }),
  );
});

test('what is shown is the shortest spelling, itself a spelling, in a URL with one pair of brackets', () => {
  assert(
    property(address, ([ip]) => {
      const text = addressText(ip);
      expect(isSameAddress(text, ip)).toBe(true);
      expect(addressText(text)).toBe(text);
      expect(new URL(`http://${hostInUrl(ip)}:8080/`).port).toBe('8080');
      expect(endpointText({ ip, port: 80 }).split('[').length).toBeLessThanOrEqual(2);
      for (const usual of usualSpellings(ip)) expect(isSameAddress(usual, ip)).toBe(true);
    }),
  );
});

test('other addresses are other ones, in an order that goes by their value', () => {
  assert(
    property(groups, groups, (a, b) => {
      const [one, other] = [a, b].map((of) => of.map((part) => part.toString(16)).join(':'));
      const first = a.findIndex((part, index) => part !== b[index]);
      pre(first >= 0 && one !== undefined && other !== undefined);
      expect(isSameAddress(one ?? '', other ?? '')).toBe(false);
      const isMapped = [one, other].some((ip) => !addressText(ip ?? '').includes(':'));
      if (!isMapped) expect(byAddress(one ?? '', other ?? '') < 0).toBe((a[first] ?? 0) < (b[first] ?? 0));
    }),
  );
});

test('two addresses are the same when their keys are, of whatever kind each is', () => {
  const texts = constantFrom(
    '10.0.0.1',
    '10.0.0.2',
    '::ffff:10.0.0.1',
    '[::ffff:a00:2]',
    '1',
    '',
    'a',
    'A.b',
    'a.B',
    '1.a',
  );
  assert(
    property(texts, texts, (one, other) => {
      expect(isSameAddress(one, other)).toBe(addressKey(one) === addressKey(other));
    }),
  );
});

test.each([
  ['[2001:db8::5]', '2001:db8::5'],
  ['2001:db8:0:0:0:0:0:6', '2001:db8::6'],
  ['2001:0DB8::0006', '2001:db8::6'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::FFFF:0a00:1', '10.0.0.1'],
  ['[::ffff:10.0.0.1]', '10.0.0.1'],
  ['fe80::8%eth0', 'fe80::8%eth0'],
  ['[fe80:0:0:0:0:0:0:8%eth0]', 'fe80::8%eth0'],
  ['2001:db8:0:0:0:0:0:6%eth0', '2001:db8::6'],
  ['::1%lo', '::1'],
])('%s is shown as %s', (ip, text) => {
  expect(addressText(ip)).toBe(text);
  expect(isSameAddress(ip, text)).toBe(true);
  expect(isPlausibleHost(ip)).toBe(true);
});

test.each([
  ['fe80::8%eth0', 'fe80::8%eth1'],
  ['fe80::8%eth0', 'fe80::8%ETH0'],
  ['fe80::8%eth0', 'fe80::8'],
  ['::10.0.0.1', '10.0.0.1'],
  ['010.0.0.1', '8.0.0.1'],
  ['010.0.0.1', '10.0.0.1'],
  ['host-1', 'host-2'],
])('%s is not %s', (one, other) => {
  expect(isSameAddress(one, other)).toBe(false);
});

test('a host name is the same in capitals, and shown as it is registered', () => {
  expect(isSameAddress('Host.example', 'HOST.EXAMPLE')).toBe(true);
  expect(addressText('Host.example')).toBe('Host.example');
});

test.each([
  '2001:db8::5::6',
  '[::1',
  '::1]',
  '[[::1]]',
  '1.2.3',
  '010.0.0.1',
  '10.0.0.256',
  '0x7f.1',
  '127.1',
  '12345::',
  '1:2:3:4:5:6:7:8:9',
  'fe80::8%',
  'fe80::8%eth0;id',
  '[10.0.0.1]',
  '::ffff:010.0.0.1',
])('%s is shown as it is, and no host', (ip) => {
  expect(addressText(ip)).toBe(ip);
  expect(isPlausibleHost(ip)).toBe(false);
});

test('a zone is encoded in a URL', () => {
  expect(hostInUrl('[fe80::8%eth0]')).toBe('[fe80::8%25eth0]');
  expect(hostInUrl('10.0.0.1')).toBe('10.0.0.1');
});

test('the usual spellings are those of Spring, of Java, and the short one', () => {
  expect(usualSpellings('2001:db8::6')).toEqual([
    '2001:db8::6',
    '2001:db8:0:0:0:0:0:6',
    '[2001:db8::6]',
    '[2001:db8:0:0:0:0:0:6]',
  ]);
  expect(usualSpellings('10.0.0.1')).toEqual(['10.0.0.1']);
});

test('spellings do not change the order', () => {
  const ips = ['[2001:db8::10]', '2001:db8:0:0:0:0:0:9', '2001:db8::a', 'FE80::1', '10.0.0.10', '10.0.0.9'];
  const sorted = ips.map((ip) => ({ ip, port: 80 })).sort(byEndpoint);
  expect(sorted.map(endpointText)).toEqual([
    '10.0.0.9:80',
    '10.0.0.10:80',
    '[2001:db8::9]:80',
    '[2001:db8::a]:80',
    '[2001:db8::10]:80',
    '[fe80::1]:80',
  ]);
});
