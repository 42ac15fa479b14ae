import { expect, test } from 'vitest';
import { apply } from '../../src/core/apply/apply.ts';
import type { Fact } from '../../src/core/event/event.ts';
import { examined } from '../../src/wiring/console/of-machine.ts';
import { repairRollout } from '../../src/runner/registry/repair.ts';
import { allOf, listed, openOf, plannedFact } from '../cli/support/journaled.ts';
import { rolled, target, writeBegan } from '../cli/support/orders-stage.ts';
import { server, setStage } from '../cli/support/stage.ts';
import { noEvidence } from '../support/no-evidence.ts';

const off: readonly Fact[] = [
  { type: 'runner-started', pid: 1, host: 'bastion', isAttended: false, lease: 'held' },
  { type: 'disable-began', target, attempt: 1 },
  writeBegan,
];
/** A runner was killed while its first target was off, and a later rollout rolled that. */
function stageOvertaken() {
  const stage = setStage(listed);
  const former = openOf('aaaa', '2026-11-21T20:00:00.000Z', [plannedFact(), ...off]);
  const { events } = former;
  let { open } = former;
  const later = openOf('bbbb', '2026-11-21T21:00:00.000Z', [
    plannedFact(),
    ...off.slice(0, 2),
    ...rolled,
  ]).open;
  const { launcher, doctor, clock } = stage.ports;
  const never = async () => ({ kind: 'never-began' }) as const;
  const commands = { obstacle: () => undefined, run: never, recover: never };
  const good = async () => ({ kind: 'good', ms: 1 }) as const;
  const world = { clock, registry: stage.registry, commands, probe: good, call: good };
  stage.ports = {
    ...stage.ports,
    launcher: {
      ...launcher,
      all: () => allOf(later, open)(),
      read: async () => ({ ok: true, open, events }),
    },
    doctor: {
      ...doctor,
      mend: async (_id, _connected, wish) => {
        const append = (event: (typeof events)[number]): void => {
          events.push(event);
          open = { ...open, rollout: apply(open.rollout, event) };
        };
        const { rollout } = open;
        const place = { journal: { append }, rollout, directory: '/s', by: 'bob@bastion' };
        const repair = await repairRollout({ world: { ...world, evidence: noEvidence }, ...place, ...wish });
        return { ok: true, ...repair };
      },
    },
  };
  return stage;
}

const standing = 'Rollout aaaa of ann@bastion stands still, and later ones have rolled all that it left off';
const ended = 'Rollout aaaa has ended with that, as nothing of it is off any more';

test('a rollout of which later ones have all that it left off is named, and ended by a mend', async () => {
  const stage = stageOvertaken();
  const before = await stage.run('doctor', ...server);
  expect(before.out).toContain(`! ${standing}`);
  expect(before.err).toContain('--yes');
  // Who says what is gone has decided nothing about it.
  expect((await stage.run('doctor', ...server, '--gone', target)).out).not.toContain(ended);
  expect((await stage.run('doctor', ...server, '--yes')).out).toContain(ended);
  expect((await stage.run('doctor', ...server)).out).not.toContain('aaaa');
  expect(stage.registry.writes).toEqual([]);
});

test('the console mends it too', async () => {
  const { ports } = stageOvertaken();
  const house = { ports, store: ports.profiles, doctor: ports.doctor, env: {} };
  const examination = await examined(house, undefined, () => () => undefined);
  expect(examination.canMend).toBe(true);
  expect(await examination.mend([])).toMatchObject([{ kind: 'rollout-closed', rollout: 'aaaa' }]);
  expect((await examined(house, undefined, () => () => undefined)).canMend).toBe(false);
});
