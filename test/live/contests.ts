import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCodes } from '../../src/core/outcome.ts';
import { type ContestPlace, type ContestServices, contest, startContestServices } from './contest.ts';
import { shortly } from './program.ts';

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
      const said = ended.map(({ stderr }) => stderr).join('\n');
      const codes = ended.map(({ code }) => code).sort((a, b) => Number(a) - Number(b));
      expect(codes, said).toEqual([exitCodes.done, exitCodes.locked]);
      const loser = ended.find(({ code }) => code === exitCodes.locked);
      expect(shortly(loser?.events ?? [], ['write-began'])).toEqual([]);
    }
  });
}
