import { expect, test } from 'vitest';
import type { Fact } from '../../src/core/event/event.ts';
import { allOf, listed, openOf, plannedFact } from './support/journaled.ts';
import { target, writeBegan } from './support/orders-stage.ts';
import { type Stage, setStage } from './support/stage.ts';

const off: readonly Fact[] = [
  { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' },
  { type: 'disable-began', target, attempt: 1 },
  writeBegan,
];

/** Something is off because of a rollout that went through a profile. */
function stageWith(readOnly: boolean, asItBegan: boolean) {
  const stage: Stage = setStage(listed);
  const planned = plannedFact();
  if (planned.type !== 'rollout-planned') throw new Error('it is no plan');
  const reached = { ...planned.reached, profile: 'prod', isReadOnly: asItBegan };
  const { open, events } = openOf('aaaa', '2026-11-21T20:00:00.000Z', [{ ...planned, reached }, ...off]);
  const read = async () => ({ ok: true, open, events }) as const;
  stage.ports.profiles.save('other', { servers: ['http://10.9.9.9:8848'] });
  stage.ports.profiles.save('prod', { servers: [...reached.servers], readOnly });
  const orders: unknown[] = [];
  const mend = async (_id: string, _connected: unknown, order: unknown) => {
    orders.push(order);
    return { ok: true, mended: [{ target, kind: 'put-on' }] } as const;
  };
  const { launcher, doctor } = stage.ports;
  stage.ports = {
    ...stage.ports,
    launcher: { ...launcher, all: allOf(open), read },
    doctor: { ...doctor, mend },
  };
  return { stage, orders };
}

test.each([
  [false, true],
  [true, false],
])('doctor writes nothing through a profile that is read-only now: %s, or was: %s', async (now, then) => {
  for (const flags of [['--yes'], ['--gone', target]]) {
    const { stage, orders } = stageWith(now, then);
    const { out, code } = await stage.run('doctor', ...flags);
    expect(out).toContain(
      'Nothing of rollout aaaa was written: it would go through the profile prod, which is read-only.',
    );
    expect({ code, orders }).toEqual({ code: 3, orders: [] });
  }
  const { stage } = stageWith(now, then);
  const { err, out } = await stage.run('doctor');
  expect(`${out}${err}`).not.toContain('Nothing of rollout aaaa was written');
});

test('through any other it does', async () => {
  const { stage, orders } = stageWith(false, false);
  expect((await stage.run('doctor', '--yes')).out).toContain('is on again, and read back.');
  expect(orders).toHaveLength(1);
});
