import { existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event } from '../../../src/core/event/event.ts';
import type { Runner } from '../../../src/runner/engine/runner.ts';
import { longestOrderBytes } from '../../../src/runner/process/line-socket.ts';
import { connectToRunner } from '../../../src/runner/process/runner-socket-client.ts';
import { serveFaces } from '../../../src/runner/process/runner-socket-server.ts';
import { rolloutDirectory, socketPath } from '../../../src/runner/store/state-directory.ts';
import { leftOffEvents } from '../../support/left-off-rollout.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

const id = '7f3a0001';
const events = leftOffEvents(id).slice(0, 1) as readonly Event[];
const us = process.getuid?.() ?? 0;

/** A runner's socket, and the orders that came through it. */
async function served() {
  const path = join(newDirectory('socket'), 'socket');
  const orders: unknown[] = [];
  const recorded: unknown[] = [];
  const runner = {
    rollout: () => apply(undefined, events[0] as Event),
    follow: () => () => undefined,
    calls: () => [],
    record: (fact: unknown) => void recorded.push(fact),
    submit: (order: unknown) => void orders.push(order),
  } as unknown as Runner;
  const observe = async () => ({ observedAt: '', services: [] });
  const faces = await serveFaces({ path, runner, events, clock: virtualClock(), observe });
  onTestFinished(() => faces.close());
  return { path, orders, recorded, faces };
}

/** What is said to a runner without being a face, until it has had enough. */
async function spoken(path: string, text: string): Promise<void> {
  const socket = connect(path);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  socket.resume();
  socket.write(text);
  await closed;
}

test('the socket of a runner is its owner’s only', async () => {
  const { path } = await served();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('whoever only watches orders nothing', async () => {
  const { path, orders } = await served();
  const link = await connectToRunner({ id, directory: '/', path, by: 'bob@b', mayDecide: false });
  onTestFinished(() => link?.close());
  expect(await link?.submit({ type: 'pause' })).toBe('only-watching');
  expect(orders).toEqual([]);
});

test('who gives an order and goes is neither joined nor missed', async () => {
  const { path, orders, recorded, faces } = await served();
  const link = await connectToRunner({
    id,
    directory: '/',
    path,
    by: 'bob@b',
    mayDecide: true,
    isBrief: true,
  });
  expect(await link?.submit({ type: 'pause' })).toBeUndefined();
  link?.close();
  const other = await connectToRunner({
    id,
    directory: '/',
    path,
    by: 'bob@b',
    mayDecide: false,
    isBrief: true,
  });
  await other?.submit({ type: 'pause' });
  expect(orders).toEqual([{ type: 'pause' }]);
  expect(faces.hasBeenJoined()).toBe(false);
  other?.close();
  const terminal = await connectToRunner({ id, directory: '/', path, by: 'bob@b', mayDecide: true });
  await terminal?.submit({ type: 'pause' });
  expect(recorded).toEqual([]);
  terminal?.close();
  await expect.poll(() => recorded).toEqual([{ type: 'face-lost', by: 'bob@b' }]);
});

test('who only watches is not the terminal that was waited for', async () => {
  const { path, recorded, faces } = await served();
  const joins = async (mayDecide: boolean) => {
    const link = await connectToRunner({ id, directory: '/', path, by: 'ci@b', mayDecide });
    onTestFinished(() => link?.close());
    await link?.submit({ type: 'pause' });
  };
  await joins(false);
  expect(faces.hasBeenJoined()).toBe(false);
  await joins(true);
  expect(faces.hasBeenJoined()).toBe(true);
  expect(recorded).toEqual([]);
});

test('a line that does not end, or that is no order, ends its connection and nothing else', async () => {
  const { path, orders } = await served();
  await spoken(path, 'x'.repeat(longestOrderBytes + 1));
  await spoken(path, '{"kind":"order","ref":1,"order":{"type":"format-disk"}}\n');
  const link = await connectToRunner({ id, directory: '/', path, by: 'bob@b', mayDecide: true });
  onTestFinished(() => link?.close());
  expect(await link?.submit({ type: 'pause' })).toBeUndefined();
  expect(orders).toEqual([{ type: 'pause' }]);
});

/** A state directory whose path is too long for a socket, so that this lies in the temporary one. */
function longState(userId = us) {
  const temporary = newDirectory('temporary');
  const root = join(newDirectory('long'), 'x'.repeat(100));
  const state = { root, temporary, userId };
  return { state, own: join(temporary, `nacos-rollout-${userId}`), directory: rolloutDirectory(state, id) };
}

test('in the temporary directory it lies in one that nobody else may enter', () => {
  const { state, own, directory } = longState();
  mkdirSync(own, { mode: 0o777 });
  expect(socketPath(state, directory).startsWith(`${own}/`)).toBe(true);
  expect(statSync(own).mode & 0o777).toBe(0o700);
});

test('what somebody else has put there in its place is not used', () => {
  const linked = longState();
  const elsewhere = newDirectory('elsewhere');
  symlinkSync(elsewhere, linked.own);
  expect(() => socketPath(linked.state, linked.directory)).toThrow('is not a directory of ours');
  const foreign = longState(us + 1);
  mkdirSync(foreign.own, { mode: 0o700 });
  expect(() => socketPath(foreign.state, foreign.directory)).toThrow('is not a directory of ours');
  expect(existsSync(join(elsewhere, 'socket'))).toBe(false);
});
