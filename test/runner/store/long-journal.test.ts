import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event } from '../../../src/core/event/event.ts';
import { serveFaces } from '../../../src/runner/process/runner-socket-server.ts';
import { connectToRunner } from '../../../src/runner/process/runner-socket-client.ts';
import type { RunnerLine } from '../../../src/runner/ports/protocol.ts';
import type { Runner } from '../../../src/runner/engine/runner.ts';
import { leftOffEvents } from '../../support/left-off-rollout.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { until } from '../../support/time/until.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';

const [planned] = leftOffEvents('7f3a0001');

/** As of a rollout of hundreds of instances. */
function longJournal(): readonly Event[] {
  if (planned?.type !== 'rollout-planned') throw new Error('no plan');
  const by = 'ann@bastion '.repeat(200_000);
  const paused = Array.from({ length: 20_000 }, (_, index) => ({
    ...planned,
    seq: index + 1,
    type: 'paused' as const,
    by: 'ann@bastion '.repeat(30),
    why: 'asked' as const,
  }));
  return [{ ...planned, by }, ...(paused as unknown as readonly Event[])];
}

test('a face that joins late is told all of a long journal, and is not taken for a lost one', async () => {
  const path = join(newDirectory('faces'), 'socket');
  const recorded: string[] = [];
  const events = longJournal();
  const runner = {
    rollout: () => apply(undefined, planned as Event),
    follow: () => () => undefined,
    calls: () => [],
    record: ({ type }: { type: string }) => recorded.push(type),
  } as unknown as Runner;
  const observe = async () => ({ observedAt: '', services: [] });
  const faces = await serveFaces({ path, runner, events, clock: virtualClock(), observe });
  const link = await connectToRunner({
    id: '7f3a0001',
    directory: '/',
    path,
    by: 'bob@bastion',
    mayDecide: true,
  });
  onTestFinished(async () => {
    link?.close();
    await faces.close();
  });
  const heard: RunnerLine['kind'][] = [];
  let isClosed = false;
  void link?.closed.then(() => (isClosed = true));
  link?.follow(({ kind }) => heard.push(kind));
  await until(() => isClosed || heard.includes('caught-up'));
  expect(heard.filter((kind) => kind === 'event')).toHaveLength(events.length);
  expect({ isClosed, recorded }).toEqual({ isClosed: false, recorded: [] });
});
