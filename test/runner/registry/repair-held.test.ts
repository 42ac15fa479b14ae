import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { claimMetadata, leaseGroup, leaseService, serviceHash } from '../../../src/core/registry/lease.ts';
import type { Connected } from '../../../src/runner/ports/face-ports.ts';
import { openJournal } from '../../../src/runner/store/journal.ts';
import { rolloutDirectory } from '../../../src/runner/store/state-directory.ts';
import { realDoctor } from '../../../src/wiring/doctor.ts';
import { type FakeRegistry, fakeRegistry, instance } from '../../cli/support/fake-registry.ts';
import { leftOffEvents } from '../../support/left-off-rollout.ts';
import { newDirectory } from '../../support/new-directory.ts';
import { virtualClock } from '../../support/time/virtual-clock.ts';
import { whileRunning } from '../../support/processes/while-running.ts';

const id = '7f3a0001';
const wish = { isPuttingOn: true, gone: ['10.0.0.1:8080'] };

function leaseOf(rollout: string, service: string) {
  const services = [serviceHash({ namespace: 'public', group: 'DEFAULT_GROUP', service })];
  const claim = { id: rollout, by: 'bob@elsewhere', since: '', stage: 'holding', services } as const;
  return instance(leaseService, '198.18.0.1', 40_000, {
    group: leaseGroup,
    enabled: false,
    metadata: claimMetadata(claim),
  });
}

async function mendAt(registry: FakeRegistry, events = leftOffEvents(id), host = 'bastion') {
  const root = newDirectory('mend');
  const state = { root, temporary: root, userId: 0 };
  const directory = rolloutDirectory(state, id);
  mkdirSync(directory, { recursive: true });
  const journal = openJournal(directory);
  for (const event of events) journal.append(event);
  journal.close();
  const clock = virtualClock();
  const house = { self: [], env: {}, who: 'ann@bastion', host, workingDirectory: '/' };
  const doctor = realDoctor({
    ...house,
    clock,
    state,
    pid: process.pid,
    secretDetail: () => '',
    terminalSize: () => undefined,
  });
  const answer = doctor.mend(id, { registry } as unknown as Connected, wish);
  return whileRunning(answer, () => clock.advance(1000));
}

test('what a rollout of another machine holds is not put on', async () => {
  const registry = fakeRegistry([instance('orders', '10.0.0.2', 8080), leaseOf('7f3a0002', 'orders')]);
  expect(await mendAt(registry)).toMatchObject({
    ok: false,
    problem: { kind: 'locked', by: 'bob@elsewhere', id: '7f3a0002' },
  });
  expect(registry.writes).toEqual([]);
});

test('a lease of its own that is still listed, or of another service, is in nobody’s way', async () => {
  for (const lease of [leaseOf(id, 'orders'), leaseOf('7f3a0002', 'shop')]) {
    const answer = await mendAt(fakeRegistry([instance('orders', '10.0.0.2', 8080), lease]));
    expect(answer).toMatchObject({ ok: true, mended: [{ kind: 'forgotten' }] });
  }
});

test('of its own lease, whose runner was on another machine, nobody knows that it is dead', async () => {
  const registry = fakeRegistry([instance('orders', '10.0.0.2', 8080), leaseOf(id, 'orders')]);
  const unended = leftOffEvents(id).slice(0, -1);
  const answer = await mendAt(registry, unended, 'laptop');
  expect(answer).toMatchObject({ ok: false, problem: { kind: 'locked', id } });
});
