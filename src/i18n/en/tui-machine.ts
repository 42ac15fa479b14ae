import { reportWords } from './report.ts';
import { status } from './status.ts';

/** What is of this machine: its rollouts. */
export const tuiMachine = {
  rollouts: {
    title: (all: number, running: number, off: number): string =>
      `Rollouts of this machine ${all} · ${running} under way · ${off} with something off, by the journal`,
    empty: 'No rollout yet on this machine.',
    columns: {
      services: 'services',
      id: 'rollout',
      state: 'state',
      done: 'done',
      off: 'off',
      started: 'planned',
      by: 'by',
    },
    state: status.state,
    onceState: status.onceState,
    outcomes: reportWords.ended,
    why: 'why',
    command: 'with',
  },
};
