import { type ContestPlace, contest, hasOneWinner, startContestServices } from '../rollouts/contest.ts';

/** How many contests go on at once, each about a service of its own. */
const atOnce = 5;

export type ContestCount = {
  readonly isSameHome: boolean;
  readonly total: number;
  /** Contests in which exactly one went ahead. */
  readonly good: number;
  readonly others: readonly string[];
};

export async function manyContests(
  place: ContestPlace,
  total: number,
  isSameHome: boolean,
): Promise<ContestCount> {
  const names = Array.from({ length: atOnce }, (_, index) => `contest-${isSameHome}-${index}`);
  const services = await startContestServices(place, names);
  await services.listed();
  const others: string[] = [];
  let good = 0;
  for (let done = 0; done < total; done += atOnce) {
    const rounds = await Promise.all(names.map((name) => contest(place, name, isSameHome)));
    for (const ended of rounds)
      if (hasOneWinner(ended)) good += 1;
      else others.push(ended.map(({ code, stderr }) => `${code}: ${stderr}`).join('\n---\n'));
  }
  services.close();
  return { isSameHome, total: good + others.length, good, others };
}
