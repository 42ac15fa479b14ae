import { program } from '../../core/text/program.ts';
import { shellWord } from '../../core/text/shell-word.ts';

/** Where rollouts stand, and what they left off. */
export const status = {
  head: (id: string, services: string, by: string, at: string): string =>
    `rollout ${id} of ${services}, planned ${at} by ${by}`,
  once: (id: string, services: string, by: string, at: string): string =>
    `${id} of ${services}, once, ${at} by ${by}`,
  onceState: {
    working: 'is being taken off',
    off: 'taken off',
    done: 'nothing of it is off any more',
  },
  command: (command: string): string => `  with   ${command}`,
  state: {
    running: 'runs',
    paused: 'is paused',
    stuck: 'waits for a decision',
    rested: 'stands still',
    gone: 'stands still: its runner is gone',
    elsewhere: 'was run on another machine, which may still be at it',
    ended: 'has ended',
  },
  done: (names: readonly string[]): string => `  done   ${names.join(', ')}`,
  back: (names: readonly string[]): string => `  on     ${names.join(', ')}`,
  backWith: (name: string, how: string): string => `${name} (${how})`,
  lowered: (names: readonly string[]): string =>
    `  weight ${names.join(', ')}: less than it was, because of us; resume or doctor --yes gives it back`,
  loweredNow: (names: readonly string[]): string =>
    `  weight ${names.join(', ')}: less than it was, because of us; its runner is at it`,
  off: (names: readonly string[]): string => `  off    ${names.join(', ')}`,
  offByOthers: (names: readonly string[]): string =>
    `  off    ${names.join(', ')}: when its turn came, and not because of this rollout`,
  marks: (names: readonly string[]): string =>
    `  marks  ${names.join(', ')}: not registered now, and would start off`,
  absent: (names: readonly string[]): string => `  away   ${names.join(', ')}: not there any more`,
  forget: (instance: string): string =>
    `         if it is gone for good: ${program} doctor --gone ${shellWord(instance)}`,
  unasked: (names: readonly string[]): string =>
    `         by the journal: Nacos could not be asked about ${names.join(', ')}`,
  onAgain: (names: readonly string[]): string =>
    `  on     ${names.join(', ')}: off by the journal, but Nacos shows it on`,
  enable: (command: string): string => `         on again with: ${command}`,
  under: (names: readonly string[]): string => `  now    ${names.join(', ')}`,
  standing: (names: readonly string[]): string => `  stands ${names.join(', ')}`,
  stands: {
    before: (name: string, step: string): string => `${name} (before ${step}, which has not begun)`,
    failed: (name: string, step: string): string => `${name} (${step} failed)`,
    cutOff: (name: string, step: string): string => `${name} (${step} had begun and has no end)`,
  },
  notRestarted: (names: readonly string[]): string =>
    `  !      no restart was seen of ${names.join(', ')}: does the old version still run?`,
  toDo: (names: readonly string[]): string => `  to do  ${names.join(', ')}`,
  why: (sentence: string): string => `  why    ${sentence}`,
  output: (path: string): string => `         its output is in ${path}`,
  /** `isAsked`: a person at a terminal can answer what it asks. */
  next: (id: string, isAsked: boolean): string =>
    `  next   ${program} resume ${id}${isAsked ? '' : ' --yes'}`,
  /** Its runner waits for a person, and asks whoever attaches at a terminal. */
  decide: (id: string, target: string, isAsked: boolean): string =>
    isAsked
      ? `  decide ${program} attach ${id}`
      : `  decide ${program} order retry ${id} --target ${shellWord(target)} (or leave-off, put-on, …: ${program} order --help)`,
  continue: (id: string, isAsked: boolean): string =>
    `  next   ${program} ${isAsked ? `attach ${id}` : `order continue ${id}`}`,
  notLookedAt: (closed: readonly { readonly path: string; readonly detail: string }[]): string =>
    `These journals cannot be read: ${closed.map(({ path, detail }) => `${path} (${detail})`).join(', ')}. If a rollout left something off, it is written there; look as the user to whom they belong, or set XDG_STATE_HOME.`,
};
export type StatusWords = typeof status;
