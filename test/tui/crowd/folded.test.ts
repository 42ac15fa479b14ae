import { expect, test } from 'vitest';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { instanceOf, orders } from '../support/fake-registry.ts';
import { atInstances } from '../support/at-instances.ts';
import type { Opened } from '../support/open-console.ts';
import { disabledAndDraining, first, openRollout } from '../support/open-rollout.ts';
import { planOfThree } from '../support/usual-plan.ts';

const count = 50;

/** Each target has fifty registrations beside its own. */
function crowdedPlan(): Plan {
  const plan = planOfThree();
  return {
    ...plan,
    targets: plan.targets.map((target) => {
      const [main] = target.registrations;
      if (main === undefined) return target;
      const crowd = Array.from({ length: count }, (_, index) => ({
        ...main,
        service: `providers:com.acme.Service${index}`,
        port: 20_880,
      }));
      return { ...target, registrations: [main, ...crowd] };
    }),
  };
}

test('fifty that go with a target are one line, which opens', async () => {
  const opened = await openRollout({ plan: crowdedPlan() });
  await opened.sees('└ 50 go with it');
  expect(opened.screen()).not.toContain('Service7');
  await opened.press('i');
  await opened.sees(`All registrations of ${first}`);
  await opened.sees(':20880 providers:com.acme.Service7');
  await opened.press('end');
  await opened.sees('Service49');
  await opened.press('esc');
  await opened.sees('└ 50 go with it');
});

test('the key that opens them says why it is off where all are shown', async () => {
  const opened = await openRollout();
  disabledAndDraining(opened.link, first);
  await opened.press('i');
  await opened.sees('All that goes with this target is shown already.');
});

function atOne(companions?: 'process'): Promise<Opened> {
  return atInstances({
    prepare: (ports) => {
      ports.instances.list = [instanceOf(orders, '10.0.0.11', 8080)];
      if (companions !== undefined)
        ports.entries = ports.entries.map((one) => ({ ...one, kept: { companions: [companions] } }));
    },
  });
}

test('one key takes the whole process along, then the ip, then neither', async () => {
  const opened = await atOne();
  const rules = (): unknown => Object.values(opened.store.model().draft?.companions ?? {}).flat();
  await opened.press('P');
  await opened.sees('└ process  found when the plan is made');
  expect(rules()).toEqual(['process']);
  await opened.press('P');
  expect(rules()).toEqual(['ip']);
  await opened.press('P');
  expect(rules()).toEqual([]);
});

test('what the profile says goes with each is there from the beginning', async () => {
  const opened = await atOne('process');
  await opened.sees('└ process  found when the plan is made');
});
