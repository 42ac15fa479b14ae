import type { QuietCount } from './promises/drain-promises.ts';

/** What came of one simulated run. */
export type Result = {
  readonly seed: number;
  /** What was promised and not kept; empty when all is well. */
  readonly broken: readonly string[];
  readonly trace: readonly string[];
  readonly eventCount: number;
  readonly lives: number;
  readonly exitCode: number | undefined;
  readonly virtualMs: number;
  /** Of the deploys that began because nobody called any more. */
  readonly quiet: QuietCount;
};
