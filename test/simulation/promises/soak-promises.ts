import type { Plan } from '../../../src/core/plan/plan.ts';
import type { Event } from '../../../src/core/event/event.ts';

/** The next batch does not begin while one of the last is watched in service. */
export function createSoakPromises(plan: Plan, broken: (what: string) => void) {
  const soaking = new Set<string>();
  const batchOf = (name: string): number => plan.targets.find((each) => each.name === name)?.batch ?? 0;
  return {
    heard: (event: Event): void => {
      if (event.type === 'soak-began') soaking.add(event.target);
      if (event.type === 'soak-passed' || event.type === 'decided') soaking.delete(event.target);
      const ahead = [...soaking].find(
        (name) => event.type === 'disable-began' && batchOf(event.target) > batchOf(name),
      );
      if (ahead !== undefined) broken(`the next batch began while ${ahead} is watched`);
    },
  };
}
