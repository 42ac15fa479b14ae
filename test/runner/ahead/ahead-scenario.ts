import { expect } from 'vitest';
import { type PlainRun, plainScenario } from '../../simulation/run-plain.ts';

export const [first, second, third] = ['10.0.0.1:8080', '10.0.0.2:8080', '10.0.0.3:8080'] as const;
type Options = {
  readonly minimum?: number;
  readonly isAttended?: boolean;
  readonly onFailure?: 'stop' | 'continue';
};

/** A plan that drains ahead. `minimum`: of as many as are rolled, and of one bystander. */
export function ahead(count: number, { minimum = 1, isAttended = true, onFailure = 'stop' }: Options = {}) {
  const scenario = plainScenario(count, (plan) => ({
    ...plan,
    onFailure,
    minimums: plan.minimums.map((one) => ({ ...one, minimum })),
    targets: plan.targets.map((one) => ({ ...one, drainAhead: true as const })),
  }));
  return { ...scenario, isAttended };
}

export function typesOf({ events }: PlainRun): readonly string[] {
  return events.map((event) => ('target' in event ? `${event.type} ${event.target}` : event.type));
}

/** That one is recorded before the other. */
export function expectOrder(rollout: PlainRun, ...names: readonly string[]): void {
  const types = typesOf(rollout);
  const places = names.map((name) => types.indexOf(name));
  expect(
    places.every((at) => at >= 0),
    `${names.join(', ')} in ${types.join('\n')}`,
  ).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
}
