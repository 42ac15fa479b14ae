import type { Failure } from '../event/failure.ts';
import { type Rollout, leftByUs } from './rollout.ts';

/** The exit codes of the command line, a public contract. */
export const exitCodes = {
  done: 0,
  /** Failed, and everything we touched is back in service. */
  failed: 1,
  usage: 2,
  /** Something is still off, or has less weight than it had, because of us and needs a person. Wins over every other code. */
  someOff: 3,
  /** Nothing is off, and it waits for a person to say that it goes on. */
  atGate: 3,
  /** Refused by a guard before any write. */
  refused: 4,
  locked: 5,
  /** Nacos cannot be reached, or does not let us in. */
  unreachable: 6,
  /** Something that nobody foresaw ended us, so it promises nothing: look with `status`. `sysexits.h` calls it EX_SOFTWARE. */
  crashed: 70,
  /** Ctrl-C or SIGTERM, with nothing left off. */
  interrupted: 130,
} as const;

export type ClosingReason =
  | 'done'
  | 'done-with-some-failed'
  | 'done-with-some-off'
  | 'aborted'
  | 'abandoned'
  | 'stuck'
  | 'at-gate'
  | 'interrupted'
  | 'unattended'
  | 'undecided'
  | 'too-many-failed'
  | 'deadline';

export function exitCodeOf(rollout: Rollout, reason: ClosingReason): number {
  if (leftByUs(rollout).length > 0) return exitCodes.someOff;
  switch (reason) {
    case 'done':
      return exitCodes.done;
    case 'at-gate':
      return exitCodes.atGate;
    case 'interrupted':
    case 'unattended':
    case 'undecided':
      return exitCodes.interrupted;
    case 'done-with-some-failed':
    case 'done-with-some-off':
    case 'aborted':
    case 'abandoned':
    // What we touched is in service, and not all was done.
    case 'deadline':
      return exitCodes.failed;
    case 'too-many-failed':
    case 'stuck': {
      const failure = rollout.targets.find((target) => target.phase === 'stuck')?.failure;
      return rollout.hasWritten || failure === undefined ? exitCodes.failed : exitCodeOfFailure(failure.why);
    }
  }
}

/** For a failure before anything was written. */
export function exitCodeOfFailure(why: Failure): number {
  if (why.kind === 'refused' || why.kind === 'registered-twice') return exitCodes.refused;
  if (why.kind !== 'registry') return exitCodes.failed;
  return exitCodeOfError(why.error.kind);
}

/** For an error of the registry before anything was written. */
export function exitCodeOfError(kind: string): number {
  switch (kind) {
    case 'no-leader':
    case 'forbidden':
    case 'not-addressable':
      return exitCodes.refused;
    case 'service-missing':
    case 'instance-missing':
    case 'cluster-missing':
    case 'namespace-missing':
      return exitCodes.usage;
    default:
      return exitCodes.unreachable;
  }
}
