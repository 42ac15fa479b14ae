import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ContestPlace,
  type ContestServices,
  contest,
  hasOneWinner,
  startContestServices,
} from './contest.ts';

const names = ['contest-1', 'contest-2', 'contest-3'];

export function contests(place: () => ContestPlace): void {
  let services: ContestServices;
  beforeAll(async () => {
    services = await startContestServices(place(), names);
    await services.listed();
  });
  afterAll(() => services.close());

  test.each([
    { who: 'one user', isSameHome: true },
    { who: 'two users who share nothing but the registry', isSameHome: false },
  ])('of two rollouts that $who started at once, exactly one goes ahead', async ({ isSameHome }) => {
    const rounds = await Promise.all(names.map((name) => contest(place(), name, isSameHome)));
    for (const ended of rounds) {
      const said = ended.map(({ code, stderr }) => `${code}: ${stderr}`).join('\n');
      expect(hasOneWinner(ended), said).toBe(true);
    }
  });
}
