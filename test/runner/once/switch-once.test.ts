import { expect, test } from 'vitest';
import type { Fact } from '../../../src/core/event/event.ts';
import { switchOnce } from '../../../src/runner/once/switch-once.ts';
import type { InstanceWrite, WriteOutcome } from '../../../src/world/registry.ts';
import { plainPlace, plainScenario } from '../../simulation/run-plain.ts';
import { whileRunning } from '../../support/processes/while-running.ts';

/** What was written down and what was sent, in the order in which it was. */
async function linesOf(enabled: boolean, answer?: WriteOutcome): Promise<readonly string[]> {
  const scenario = plainScenario(2);
  const { plan } = scenario;
  const [target] = plan.targets;
  if (target === undefined) throw new Error('the plan has two');
  const { place } = plainPlace(scenario);
  const lines: string[] = [];
  const registry = {
    ...place.world.registry,
    write: async (write: InstanceWrite): Promise<WriteOutcome> => {
      lines.push(`sent ${write.enabled}`);
      return (write.enabled ? undefined : answer) ?? place.world.registry.write(write);
    },
  };
  const record = (fact: Fact): void => {
    lines.push(fact.type === 'rollout-ended' ? `${fact.type} ${fact.exitCode}` : fact.type);
  };
  const { clock } = place;
  const notes = { by: 'ann@bastion', record };
  await whileRunning(switchOnce({ registry, clock, plan, target, enabled, notes }), () => clock.advance(200));
  return lines;
}

test('what it takes off is written down before it is sent, with its outcome after', async () => {
  expect(await linesOf(false)).toEqual([
    'disable-began',
    'forecast',
    'write-began',
    'sent false',
    'write-ended',
    'read-back',
    'disabled',
    'decided',
    'rollout-ended 0',
  ]);
});

test('what is not read back is put back, and that too is written down before', async () => {
  expect(await linesOf(false, { kind: 'accepted' })).toEqual([
    'disable-began',
    'forecast',
    'write-began',
    'sent false',
    'write-ended',
    'write-began',
    'sent true',
    'write-ended',
    'read-back',
    'step-failed',
    'rollout-ended 1',
  ]);
});

test('one that is refused touched nothing', async () => {
  const refused = { kind: 'refused', error: { kind: 'no-leader', detail: 'x' } } as const;
  expect((await linesOf(false, refused)).at(-1)).toBe('rollout-ended 4');
});

test('what is put on is not written down here', async () => {
  expect(await linesOf(true)).toEqual([]);
});
