import type { CommandTrials } from '../../src/runner/review/review-commands.ts';

/** Every command could be started, and gets all that it is told by its environment. */
export const anyCommand: CommandTrials = { directory: { path: '/' }, try: () => ({ inFiles: [] }) };
