import type { GateState } from '../../core/rollout/gate-state.ts';
import type { LeftOff } from '../../core/report/left-off.ts';
import type { Unreadable } from '../../core/registry/listed.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { LaunchProblem } from './face-ports.ts';
import type { Repair, Repaired } from '../registry/repair.ts';
import type { SpecProblem } from '../../profiles/resolve-spec.ts';

/** What Nacos shows now of something that a journal says is off; `lowered`: on, with the part of its weight that we wrote. */
export type ShownNow = 'on' | 'off' | 'lowered' | 'absent' | 'unknown';

/** One thing that `doctor` found, good or bad. `level` says which. */
export type Diagnosis = { readonly level: 'good' | 'warning' | 'bad' } & (
  | {
      readonly kind: 'off-by-us';
      readonly left: LeftOff;
      readonly shown: ShownNow;
      /** The flags that a command needs to reach the Nacos that it was left off at. */
      readonly connection: readonly string[];
      /** A runner is at it: nothing to mend. */
      readonly isRunning: boolean;
      /** That runner does nothing until a person says what. */
      readonly isWaiting: boolean;
      /** Its rollout has ended: it cannot be carried on. */
      readonly isEnded: boolean;
    }
  | { readonly kind: 'off-by-others'; readonly instance: string; readonly service: string }
  /** Registrations of a service that cannot be read; without one, services that cannot be. */
  | {
      readonly kind: 'unreadable';
      readonly service?: string;
      readonly records: readonly Unreadable[];
    }
  /** Members of the cluster that cannot be read. */
  | { readonly kind: 'members-unreadable'; readonly server: string; readonly records: readonly Unreadable[] }
  | { readonly kind: 'nothing-off' }
  /** It has no runner, has not ended, and nothing of it is off: there is nothing to mend. */
  | {
      readonly kind: 'stands-still';
      readonly rollout: string;
      readonly by: string;
      /** The gate at which it does. */
      readonly gate?: GateState;
    }
  /** It has no runner and has not ended, and later rollouts have taken over all that it left off: a mend ends it. */
  | { readonly kind: 'overtaken'; readonly rollout: string; readonly by: string }
  | { readonly kind: 'journal'; readonly problem: LaunchProblem }
  | {
      readonly kind: 'lock';
      readonly id: string;
      readonly by: string;
      readonly since: string;
      readonly service: string;
      readonly isDead: boolean;
    }
  | {
      readonly kind: 'lease';
      readonly id: string;
      readonly by: string;
      readonly since: string;
      readonly isDead: boolean;
    }
  /** Who holds a lease there could not be listed. */
  | { readonly kind: 'leases-unread'; readonly server: string; readonly error: RegistryError }
  | { readonly kind: 'terminal'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'terminal-small'; readonly columns: number; readonly rows: number }
  | { readonly kind: 'no-terminal' }
  | { readonly kind: 'terminal-dumb'; readonly term: string }
  | { readonly kind: 'locale'; readonly isUtf8: boolean }
  | { readonly kind: 'profiles'; readonly path: string; readonly count: number }
  | { readonly kind: 'profiles-open'; readonly path: string; readonly mode: string }
  | { readonly kind: 'configuration'; readonly problem: SpecProblem }
  | { readonly kind: 'state'; readonly path: string }
  | { readonly kind: 'state-open'; readonly path: string; readonly mode: string }
  | { readonly kind: 'state-unwritable'; readonly path: string; readonly detail: string }
  | { readonly kind: 'no-server' }
  | { readonly kind: 'server'; readonly server: string; readonly product: string; readonly version: string }
  | { readonly kind: 'unreachable'; readonly server: string; readonly error: RegistryError }
  /** Nothing is registered there, and nobody can say whether it exists. */
  | { readonly kind: 'namespace-unproven'; readonly namespace: string }
  | { readonly kind: 'secret'; readonly server: string; readonly detail: string }
  | { readonly kind: 'leader-missing'; readonly server: string }
  | { readonly kind: 'clock'; readonly server: string; readonly differenceMs: number }
  | { readonly kind: 'mended'; readonly rollout: string; readonly mended: Repaired }
  /** Nothing of it is off any more, so it has ended, and nobody can carry it on. */
  | {
      readonly kind: 'rollout-closed';
      readonly rollout: string;
      readonly notThrough: NonNullable<Repair['closed']>;
    }
  | { readonly kind: 'mend-refused'; readonly problem: LaunchProblem }
  /** Its Nacos is reached through this profile, which is read-only. */
  | { readonly kind: 'mend-read-only'; readonly rollout: string; readonly profile: string }
  | { readonly kind: 'locks-released'; readonly count: number }
);
