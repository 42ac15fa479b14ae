import { spawnSync } from 'node:child_process';
import { type Socket, createSocket } from 'node:dgram';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDirectory } from '../support/new-directory.ts';
import { startCommand } from './program-process.ts';
import { program } from '../support/processes/sandbox-process.ts';

const address = '127.0.0.9';
const directory = newDirectory('resolver');
const resolver = join(directory, 'resolv.conf');
const inNamespace = ['unshare', '-m', 'sh', '-c', 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"'];
const mayMount =
  spawnSync('unshare', ['-m', 'mount', '--bind', '/etc/hosts', '/etc/resolv.conf']).status === 0;
if (!mayMount) console.log('skipped: nobody but root may give a process another resolver');

let nameServer: Socket;
beforeAll(async () => {
  writeFileSync(resolver, `nameserver ${address}\noptions timeout:30 attempts:2\n`);
  nameServer = createSocket('udp4');
  await new Promise<void>((resolve) => nameServer.bind(mayMount ? 53 : 0, address, resolve));
});
afterAll(() => nameServer.close());

test.skipIf(!mayMount)('a name that nobody resolves holds it no longer than any silent server', async () => {
  const { PATH = '' } = process.env;
  const words = [process.execPath, program, 'services', '--server', 'http://nacos.example.com:8848'];
  const began = Date.now();
  const env = { PATH, HOME: directory, LANG: 'C' };
  const { code, stderr } = await startCommand([...inNamespace, 'sh', resolver, ...words], env, '/').ended;
  expect(stderr).toContain('Waiting for http://nacos.example.com:8848, which says nothing yet');
  expect(stderr).toContain('Nacos cannot be reached at http://nacos.example.com:8848');
  expect(code).toBe(6);
  // The resolver itself would take a minute.
  expect(Date.now() - began).toBeLessThan(55_000);
});
