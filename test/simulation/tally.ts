import type { QuietCount } from './promises/drain-promises.ts';
import type { Result } from './result.ts';

/** What was found in some runs. */
export type Tally = {
  readonly runs: number;
  readonly events: number;
  readonly lives: number;
  readonly exits: Readonly<Record<string, number>>;
  readonly quiet: QuietCount;
  readonly failures: readonly Pick<Result, 'seed' | 'broken'>[];
};

/** Some seeds one after the other, and what was found in them. */
export type Slice = { readonly seed: number; readonly tally: Tally; readonly seconds: number };
