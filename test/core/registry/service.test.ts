import { expect, test } from 'vitest';
import { isPlausibleHost } from '../../../src/core/registry/address.ts';
import { byEndpoint, endpointText, instanceKey } from '../../../src/core/registry/service.ts';

test('an endpoint is ip:port, and an IPv6 address has brackets', () => {
  expect(endpointText({ ip: '10.0.0.1', port: 80 })).toBe('10.0.0.1:80');
  expect(endpointText({ ip: '::1', port: 80 })).toBe('[::1]:80');
});

test('services of two groups are two, clusters of one instance are one', () => {
  const id = { namespace: 'public', service: 'orders', ip: '10.0.0.1', port: 80 };
  expect(instanceKey({ ...id, group: 'A' })).not.toBe(instanceKey({ ...id, group: 'B' }));
});

test.each(['10.0.0.1', 'host-1.example.com', 'my_host', '::1', 'fe80::1%eth0'])('%s is a host', (ip) => {
  expect(isPlausibleHost(ip)).toBe(true);
});

test.each([
  '',
  '10.0.0.1; rm -rf /',
  '$(id)',
  '-oProxyCommand=x',
  'a b',
  'a/b',
  '`id`',
  '\u001b[31m',
  'x'.repeat(300),
])('%j is none', (ip) => {
  expect(isPlausibleHost(ip)).toBe(false);
});

test('instances are sorted as numbers', () => {
  const ips = ['10.0.0.10', '10.0.0.9', '10.0.0.1'].map((ip) => ({ ip, port: 80 }));
  expect(ips.sort(byEndpoint).map(({ ip }) => ip)).toEqual(['10.0.0.1', '10.0.0.9', '10.0.0.10']);
});
