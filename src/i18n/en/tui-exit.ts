import { program } from '../../core/text/program.ts';

/** What is said on the main screen once the console is gone. */
export const tuiExit = {
  goesOn: (id: string) => `Rollout ${id} goes on without this console: ${program} attach ${id}`,
  endedWithSandbox: (id: string) => `Rollout ${id} was under way: it ended with the sandbox.`,
  ended: (id: string, done: number, count: number) => `Rollout ${id}: ${done} of ${count} targets done.`,
  rehearsed: (done: number, count: number) =>
    `Rehearsed: ${done} of ${count} targets done. Nothing was written.`,
  lost: (requests: number, failures: number) => `The gateway sent ${requests} requests and lost ${failures}.`,
  off: 'Still off because of this rollout:',
  lowered: 'On with less weight than before, because of this rollout:',
  weightOf: (name: string, weight: number, full: number): string => `${name}: weight ${weight}, was ${full}`,
  carryOn: (id: string) => `Carry on with: ${program} resume ${id}`,
  journal: (directory: string) => `Journal: ${directory}`,
};
