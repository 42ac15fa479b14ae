import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Connection } from '../../../src/world/connection.ts';
import { registryFor } from '../nacos-script.ts';

const crlf = '\r\nX-Injected: yes\r\n\r\nDELETE /nacos HTTP/1.1\r\n';

/** A 3.x that remembers the lines of all heads that it was sent, and gives out this token. */
async function listening(accessToken: string) {
  const heads: { readonly line: string; readonly headers: readonly string[] }[] = [];
  const server = createServer((request, response) => {
    heads.push({ line: `${request.method} ${request.url}`, headers: request.rawHeaders });
    const isState = request.url?.startsWith('/nacos/v3/admin/core/state') === true;
    const isLogin = request.url?.includes('/login') === true;
    response.setHeader('content-type', 'application/json');
    if (isState) response.end('{"code":0,"data":{"version":"3.1.0"}}');
    else response.end(isLogin ? JSON.stringify({ accessToken, tokenTtl: 100 }) : '{"code":0,"data":"ok"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { heads, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** Reads and writes about something called so. */
async function use(url: string, name: string, more: Partial<Connection>): Promise<void> {
  const registry = registryFor(url, more);
  const service = { namespace: name, group: name, service: name };
  const instance = { ...service, cluster: name, ip: name, port: 8080 };
  await registry.server();
  await registry.instances(service);
  await registry.consumerView(service);
  await registry.services(name, name);
  await registry.write({ instance, enabled: false, weight: 1, mode: 'registered' });
}

test('a name with ends of lines in it adds no header and no request', async () => {
  const { heads, url } = await listening('good-token');
  const password = (): Promise<string> => Promise.resolve(`pw${crlf}`);
  await use(url, `orders${crlf}&enabled=true#`, { username: `ops${crlf}`, password });
  expect(heads.length).toBeGreaterThan(3);
  expect(heads.map(({ line }) => line).filter((line) => line.startsWith('DELETE'))).toEqual([]);
  for (const { line, headers } of heads) {
    expect(headers.join('\n')).not.toMatch(/injected/i);
    expect(new URL(line.split(' ')[1] ?? '', url).searchParams.getAll('enabled')).not.toContain('true');
  }
});

test('nor does a token with ends of lines in it: it is not sent', async () => {
  const { heads, url } = await listening(`token${crlf}`);
  await use(url, 'orders', { username: 'ops', password: () => Promise.resolve('pw') });
  expect(heads.filter(({ line }) => line.includes('/login'))).not.toEqual([]);
  expect(heads.flatMap(({ headers }) => headers).join('\n')).not.toMatch(/injected|^authorization$/im);
  expect(heads.filter(({ line }) => line.startsWith('DELETE') || line.startsWith('PUT'))).toEqual([]);
});
