import type { status } from './status.ts';
import type { Keys } from './tui-commands.ts';

/** What is of this machine: its rollouts, what the doctor says, and what happened while nobody looked. */
export const tuiMachine = {
  sinceLooked: {
    service: (off: number, ill: number): string =>
      `new: ${[off > 0 ? `${off} off` : '', ill > 0 ? `${ill} ill` : ''].filter((text) => text !== '').join(', ')}`,
    instance: ', new',
  },
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
    /** Of these, at most 16 cells are there to be read at 80 columns. */
    state: {
      running: 'runs',
      paused: 'is paused',
      stuck: 'to be decided',
      rested: 'stands still',
      gone: 'runner is gone',
      elsewhere: 'runs elsewhere?',
      ended: 'has ended',
    } satisfies Record<keyof typeof status.state, string>,
    onceState: { working: 'is going off', off: 'taken off', done: 'nothing off now' } satisfies Record<
      keyof typeof status.onceState,
      string
    >,
    outcomes: {
      done: 'done',
      'done-with-some-failed': 'some failed',
      'done-with-some-off': 'some left off',
      aborted: 'aborted',
      abandoned: 'given up',
    },
    why: 'why',
    command: 'with',
  },
  doctor: {
    name: 'Doctor',
    title: (bad: number, warnings: number): string => `Doctor · ${bad} bad · ${warnings} to be known`,
    looking: 'looking …',
    lookingLong:
      'Looks at this machine, at the Nacos that this console is at, and wherever a rollout left something off.',
    mended: 'Mended just now:',
    canMend: (key: Keys) =>
      `${key('mend')} puts on what was left off and is well, gives back its weight, and takes away locks whose process is gone. ${key('gone')} gives up what is gone for good.`,
  },
};
