import type { Connected, LaunchProblem } from '../ports/face-ports.ts';
import type { LockSeen } from '../store/lock.ts';
import type { Repair, RepairWish } from '../registry/repair.ts';

/** A file or directory of ours: whether it is there, who else may read it, and whether we may write. */
export type PlaceSeen = {
  readonly path: string;
  /** As `chmod` writes it; absent where there is none yet. */
  readonly mode: string | undefined;
  readonly isOpenToOthers: boolean;
  /** Why it cannot be written; absent where it can. */
  readonly obstacle: string | undefined;
};

export type MendAnswer =
  | ({ readonly ok: true } & Repair)
  | { readonly ok: false; readonly problem: LaunchProblem };

/** What `doctor` asks of outside, beyond what every command is given. */
export interface Doctor {
  locks(): readonly LockSeen[];
  /** Takes away the lock files whose processes are gone; returns how many. */
  releaseDeadLocks(): number;
  /** The state directory. */
  stateSeen(): PlaceSeen;
  /** Columns and rows of the terminal; undefined where there is none. */
  terminalSize(): { readonly columns: number; readonly rows: number } | undefined;
  /** The server's wall clock less ours, in milliseconds; undefined where it does not say. */
  clockDifference(connected: Connected): Promise<number | undefined>;
  /** Puts on what a rollout without a runner left off, where it is well, and forgets what is gone. */
  mend(id: string, connected: Connected, wish: RepairWish): Promise<MendAnswer>;
}
