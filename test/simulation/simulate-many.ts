import { fork } from 'node:child_process';
import { openProgress } from './progress.ts';
import type { Slice, Tally } from './tally.ts';

type Count = { readonly seed: number; readonly count: number };

type Way = {
  readonly cores: number;
  /** Where it is kept what has been found, a line for each slice; whoever begins anew goes on from there. */
  readonly progress?: string | undefined;
};

const failuresShown = 10;
/** How many runs are found out before it is kept. */
const sliceSize = 2000;

/** Seeds `seed` to `seed + count - 1`, shared between cores. Says what failed, each with the line that repeats it. */
export async function simulateMany(
  { seed, count }: Count,
  { cores, progress }: Way,
  say: (line: string) => void,
): Promise<number> {
  const kept = openProgress(progress);
  const slices: Slice[] = [];
  const size = progress === undefined ? count : sliceSize;
  for (let first = seed; first < seed + count; first += size) {
    const runs = Math.min(size, seed + count - first);
    const known = kept.slices.find((one) => one.seed === first && one.tally.runs === runs);
    const slice = known ?? (await simulated({ seed: first, count: runs }, cores));
    if (known === undefined) kept.keep(slice);
    slices.push(slice);
    // A long count may be looked at on its way.
    if (known === undefined && first + size < seed + count) tell(seed, slices, say);
  }
  return tell(seed, slices, say) ? 0 : 1;
}

async function simulated({ seed, count }: Count, cores: number): Promise<Slice> {
  const began = performance.now();
  const tallies = await Promise.all(
    Array.from({ length: Math.min(cores, count) }, (_, index) =>
      share({ seed: seed + index, count: Math.ceil((count - index) / cores), step: cores }),
    ),
  );
  return { seed, tally: summed(tallies), seconds: (performance.now() - began) / 1000 };
}

function summed(tallies: readonly Tally[]): Tally {
  const sum = (of: (tally: Tally) => number): number =>
    tallies.reduce((total, tally) => total + of(tally), 0);
  const codes = [...new Set(tallies.flatMap((tally) => Object.keys(tally.exits)))].sort();
  return {
    runs: sum((tally) => tally.runs),
    events: sum((tally) => tally.events),
    lives: sum((tally) => tally.lives),
    exits: Object.fromEntries(codes.map((code) => [code, sum((tally) => tally.exits[code] ?? 0)])),
    quiet: {
      deploys: sum((tally) => tally.quiet.deploys),
      called: sum((tally) => tally.quiet.called),
      allowed: sum((tally) => tally.quiet.allowed),
    },
    failures: tallies.flatMap((tally) => tally.failures),
  };
}

/** Whether every promise was kept. */
function tell(seed: number, slices: readonly Slice[], say: (line: string) => void): boolean {
  const { runs, events, lives, exits, quiet, failures } = summed(slices.map(({ tally }) => tally));
  for (const failure of failures.slice(0, failuresShown)) {
    say(`npm run simulate -- --seed ${failure.seed} --trace`);
    for (const what of failure.broken.slice(0, 3)) say(`  ${what}`);
  }
  const seconds = slices.reduce((total, slice) => total + slice.seconds, 0);
  const codes = Object.entries(exits).map(([code, times]) => `${code}: ${times}`);
  say(
    `${runs} runs from seed ${seed} in ${seconds.toFixed(1)} s (${(runs / seconds).toFixed(0)}/s), ` +
      `${events} events, ${lives} runners; exit codes ${codes.join(', ')}; ${failures.length} failed`,
  );
  const { deploys, called, allowed } = quiet;
  say(`${called} of ${deploys} deploys that began in silence met with a call; ${allowed.toFixed(1)} may`);
  return failures.length === 0 && called <= allowed + 3 * Math.sqrt(allowed);
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
