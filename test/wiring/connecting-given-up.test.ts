import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { profiles } from '../../src/i18n/en/profiles.ts';
import { openFacePorts } from '../../src/wiring/open-face-ports.ts';
import { realClock } from '../../src/world/clock.ts';
import { newDirectory } from '../support/new-directory.ts';
import { reachedAt } from '../support/reached.ts';

test('a connection that is given up while it is opened is closed', async () => {
  // Nobody who asks it gets an answer.
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const root = newDirectory('given-up');
  const ports = openFacePorts({
    clock: realClock,
    self: [],
    env: {},
    state: { root, temporary: root, userId: process.getuid?.() ?? 0 },
    who: 'deployer@bastion-1',
    host: 'bastion-1',
    workingDirectory: root,
    pid: process.pid,
    secretDetail: profiles.secretDetail,
  });
  const over = new AbortController();
  const asked = once(server, 'connection');
  const answer = ports.connect(reachedAt(`http://127.0.0.1:${port}`), undefined, undefined, over.signal);
  const [socket] = (await asked) as [Socket];
  socket.resume();
  const ended = once(socket, 'close');
  const beganMs = performance.now();
  over.abort();
  await ended;
  expect(await answer).toMatchObject({ ok: false });
  // By itself it would have been given up after five seconds.
  expect(performance.now() - beganMs).toBeLessThan(2500);
  server.close();
});
