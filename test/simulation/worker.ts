import { simulate } from './simulate.ts';
import type { Tally } from './tally.ts';

// Aborting makes an error with a stack each time; who wants one repeats the seed.
Error.stackTraceLimit = 0;

const [seed = 0, count = 0, step = 1] = process.argv.slice(2).map(Number);
const tally = {
  runs: 0,
  events: 0,
  lives: 0,
  exits: {} as Record<string, number>,
  quiet: { deploys: 0, called: 0, allowed: 0 },
  failures: [] as { seed: number; broken: readonly string[] }[],
};
for (let index = 0; index < count; index++) {
  const result = await simulate(seed + index * step);
  tally.runs += 1;
  tally.events += result.eventCount;
  tally.lives += result.lives;
  for (const key of ['deploys', 'called', 'allowed'] as const) tally.quiet[key] += result.quiet[key];
  const exit = String(result.exitCode ?? 'none');
  tally.exits[exit] = (tally.exits[exit] ?? 0) + 1;
  if (result.broken.length > 0) tally.failures.push({ seed: result.seed, broken: result.broken });
}
process.send?.(tally satisfies Tally);
