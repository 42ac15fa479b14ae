import { fork } from 'node:child_process';
import type { QuietCount } from './promises/drain-promises.ts';
import type { Result } from './simulate.ts';

/** What a worker tells of its share. */
export type Tally = {
  readonly runs: number;
  readonly events: number;
  readonly lives: number;
  readonly exits: Readonly<Record<string, number>>;
  readonly quiet: QuietCount;
  readonly failures: readonly Pick<Result, 'seed' | 'broken'>[];
};

const failuresShown = 10;

/** Seeds `seed` to `seed + count - 1`, shared between cores. Says what failed, each with the line that repeats it. */
export async function simulateMany(
  { seed, count }: { seed: number; count: number },
  cores: number,
  say: (line: string) => void,
): Promise<number> {
  const began = performance.now();
  const tallies = await Promise.all(
    Array.from({ length: cores }, (_, index) =>
      share({ seed: seed + index, count: Math.ceil((count - index) / cores), step: cores }),
    ),
  );
  const failures = tallies.flatMap((tally) => tally.failures);
  for (const failure of failures.slice(0, failuresShown)) {
    say(`npm run simulate -- --seed ${failure.seed} --trace`);
    for (const what of failure.broken.slice(0, 3)) say(`  ${what}`);
  }
  const sum = (of: (tally: Tally) => number): number =>
    tallies.reduce((total, tally) => total + of(tally), 0);
  const exits = [...new Set(tallies.flatMap((tally) => Object.keys(tally.exits)))].sort();
  const seconds = (performance.now() - began) / 1000;
  const runs = sum((tally) => tally.runs);
  say(
    `${runs} runs from seed ${seed} in ${seconds.toFixed(1)} s (${(runs / seconds).toFixed(0)}/s), ` +
      `${sum((tally) => tally.events)} events, ${sum((tally) => tally.lives)} runners; exit codes ` +
      `${exits.map((code) => `${code}: ${sum((tally) => tally.exits[code] ?? 0)}`).join(', ')}; ${failures.length} failed`,
  );
  const deploys = sum((tally) => tally.quiet.deploys);
  const called = sum((tally) => tally.quiet.called);
  const allowed = sum((tally) => tally.quiet.allowed);
  say(`${called} of ${deploys} deploys that began in silence met with a call; ${allowed.toFixed(1)} may`);
  const isPromiseKept = called <= allowed + 3 * Math.sqrt(allowed);
  return failures.length === 0 && isPromiseKept ? 0 : 1;
}

type Share = {
  readonly seed: number;
  readonly count: number;
  readonly step: number;
};

function share({ seed, count, step }: Share): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const worker = fork(new URL('./worker.ts', import.meta.url), [seed, count, step].map(String));
    worker.once('message', (tally) => resolve(tally as Tally));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a worker ended with ${code}`)));
  });
}
