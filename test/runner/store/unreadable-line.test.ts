import { type Socket, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectToRunner } from '../../../src/runner/process/runner-socket-client.ts';
import type { RunnerLine } from '../../../src/runner/ports/protocol.ts';
import { leftOffEvents } from '../../support/left-off-rollout.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { until } from '../../support/time/until.ts';

const id = '7f3a0001';
const [planned] = leftOffEvents(id);
const caughtUp = '{"kind":"caught-up"}';

/** A link to something that speaks as a runner does, or does not. */
async function linkTo(): Promise<{
  link: NonNullable<Awaited<ReturnType<typeof connectToRunner>>>;
  runner: Socket;
}> {
  const path = join(newDirectory('line'), 'socket');
  const came = Promise.withResolvers<Socket>();
  const server = createServer((socket) => came.resolve(socket));
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  const link = await connectToRunner({ id, directory: '/', path, by: 'bob@bastion', mayDecide: true });
  if (link === undefined) throw new Error('nobody listens');
  onTestFinished(() => {
    link.close();
    server.close();
  });
  return { link, runner: await came.promise };
}

const instance = { ip: '10.0.0.1', port: '8080' };
const snapshot = {
  observedAt: '',
  services: [{ service: {}, nodes: [{ node: 'a', instances: [instance] }] }],
};

test.each([
  ['no JSON', '{"kind":', 'it is no JSON'],
  ['a kind of a later version', '{"kind":"weather"}', 'kind: '],
  ['no object', '[]', 'it is no object'],
  [
    'an event that we do not know',
    '{"kind":"event","event":{"v":1,"seq":1,"type":"unheard-of"}}',
    'event.type: ',
  ],
  [
    'an event of a later version',
    JSON.stringify({ kind: 'event', event: { ...planned, v: 2 } }),
    'event.v: ',
  ],
  ['a snapshot of another shape', JSON.stringify({ kind: 'observed', snapshot }), 'snapshot.services[0]'],
  ['a refusal that we do not know', '{"kind":"answer","ref":1,"refused":"asleep"}', 'refused: '],
  ['a problem that we do not know', '{"kind":"broken","problem":{"kind":"ghost"}}', 'problem.kind: '],
])('a line that is %s is told once, and ends the link', async (_what, line, detail) => {
  const { link, runner } = await linkTo();
  const heard: RunnerLine[] = [];
  link.follow((each) => heard.push(each));
  const order = link.submit({ type: 'pause' });
  const event = JSON.stringify({ kind: 'event', event: planned });
  runner.write([event, line, line, caughtUp, ''].join('\n'));
  await link.closed;
  expect(await order).toBe('ended');
  expect(heard).toEqual([
    { kind: 'event', event: planned },
    { kind: 'broken', problem: { kind: 'unreadable-runner', id, detail: expect.stringContaining(detail) } },
  ]);
});

test('what a later minor version adds to a line is no reason to leave', async () => {
  const { link, runner } = await linkTo();
  const heard: RunnerLine[] = [];
  link.follow((each) => heard.push(each));
  runner.write(`{"kind":"caught-up","mood":"good"}\n`);
  await until(() => heard.length > 0);
  expect(heard).toEqual([{ kind: 'caught-up' }]);
});
