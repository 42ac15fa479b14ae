import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Fact } from '../../../src/core/event/event.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { differencesOf } from '../../../src/core/report/difference.ts';
import { planWhole } from '../../../src/core/report/whole-weight.ts';
import type { Rollout } from '../../../src/core/rollout/rollout.ts';
import { plainScenario } from '../../simulation/run-plain.ts';
import { createJournalDisk } from '../../simulation/world/journal-disk.ts';
import { plannedLine } from '../../simulation/world/simulated-world.ts';

const target = '10.0.0.1:8080';
const left = { full: 5, written: [0.5] };

function begun(weight: number, ...facts: readonly Fact[]): Rollout {
  const { plan, nodes } = plainScenario(1);
  const listed: Plan = {
    ...plan,
    targets: plan.targets.map((one) => ({
      ...one,
      registrations: one.registrations.map((each) => ({ ...each, weight })),
    })),
  };
  const disk = createJournalDisk(
    plannedLine(
      planWhole(listed, () => left),
      nodes,
      true,
    ),
  );
  let rollout: Rollout | undefined = disk.read();
  for (const fact of facts) {
    const at = '2026-11-21T20:00:00.000Z';
    rollout = apply(rollout, { v: 1, seq: (rollout?.seq ?? 0) + 1, at, rollout: 'x', ...fact });
  }
  if (rollout === undefined) throw new Error('no event');
  return rollout;
}

const write = { target, registration: 0, enabled: false, purpose: 'disable' } as const;
const request = { method: 'PUT', url: 'http://a/x', hasToken: false };
const began: Fact = { type: 'write-began', ...write, weight: 5, request };

const loweredIn = ({ targets }: Rollout): unknown => targets[0]?.registrations[0]?.lowered;

test('any other weight than a part is the whole of it', () => {
  expect(loweredIn(begun(0.5))).toEqual(left);
  expect(loweredIn(begun(3))).toBeUndefined();
});

test('it is no mark of ours before we write, and a disable that is refused takes nothing of what is known', () => {
  const error = { kind: 'forbidden', resource: 'x', action: 'write' } as const;
  const rollout = begun(0.5, began, { type: 'write-ended', ...write, outcome: 'refused', ms: 1, error });
  expect(rollout.targets[0]?.registrations[0]?.mark).toBe('untouched');
  expect(loweredIn(rollout)).toEqual(left);
});

test('that it is listed with the part is no difference from the plan, and another weight is', () => {
  const rollout = begun(0.5);
  const [registration] = rollout.planned.plan.targets[0]?.registrations ?? [];
  if (registration === undefined) throw new Error('the plan has one');
  const seen = (weight: number) => [
    {
      node: 'a',
      service: registration,
      instances: [{ ...registration, weight, enabled: true, healthy: true }],
      unreadable: [],
    },
  ];
  expect(differencesOf(rollout, seen(0.5))).toEqual([]);
  expect(differencesOf(rollout, seen(3))).toMatchObject([{ kind: 'weight', full: 5, after: 3 }]);
});
