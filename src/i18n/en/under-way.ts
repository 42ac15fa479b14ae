import { program } from '../../core/text/program.ts';
import { timeEn as time } from '../grammar/time-words.ts';

/** What a rollout is at while somebody wants to leave it, and what can be done then. */
export const underWay = {
  underWay: {
    drain: (name: string, from: string, ms: number, ceilingMs: number | undefined, until: string): string =>
      `  ${name} drains for at most ${time(ms)}${ceilingMs === undefined ? '' : `, or ${time(ceilingMs)} while calls go on`}, from ${from} on: until ${until} at the latest.`,
    drained: (name: string): string => `  ${name} is off and drained, and waits for its turn to be deployed.`,
    deploy: (name: string, until: string): string =>
      `  ${name} is deployed; its command is killed at ${until} at the latest.`,
    until: (name: string, step: string, until: string): string =>
      `  ${name} is at its ${step}, until ${until} at the latest.`,
    step: (name: string, step: string): string => `  ${name} is at its ${step}.`,
  },
  /** While it comes to its end. */
  meanwhile: (id: string, isAttended: boolean): readonly string[] => [
    `  It comes to its end also if this terminal is closed. Follow it: ${program} attach ${id}`,
    `  Carry on when it has stopped: ${program} resume ${id}${isAttended ? '' : ' --yes'}`,
    isAttended
      ? `  Abort, and put back what is well, in another terminal: ${program} order abort-put-back ${id}`
      : `  Abort, and put back what is well: ${program}, where c takes it up and A aborts it.`,
  ],
  /** A drain goes on beyond its time. */
  drainsOn: (id: string): readonly string[] => [
    `  To decide before: ${program}, where c takes it up; then s begins the deploy all the same, e waits longer, A aborts.`,
    `  Or wait: after the most it stops, and asks whoever follows at a terminal: ${program} attach ${id}`,
  ],
};
