import type { DrainSaving } from '../../core/report/drain-saving.ts';
import type { Problem } from './notice.ts';

/** What is said on the main screen after the console is gone. */
export type ExitSummary =
  | OneSummary
  /** Rollouts that still need a person, and last whatever came after them. */
  | { readonly kind: 'several'; readonly of: readonly OneExit[] };

export type OneExit = { readonly exitCode: number; readonly exitSummary: OneSummary };

export type OneSummary =
  | { readonly kind: 'nothing' }
  /** It makes room for a console on a sandbox. */
  | { readonly kind: 'to-sandbox' }
  | { readonly kind: 'goes-on'; readonly id: string }
  /** What the console was opened for. */
  | { readonly kind: 'not-reached'; readonly problem: Problem }
  | {
      readonly kind: 'ended';
      readonly id: string;
      readonly isRehearsal: boolean;
      readonly done: number;
      readonly count: number;
      /** Registrations that are off because of us. */
      readonly off: readonly string[];
      /** Registrations that are on with less weight than they had, because of us. */
      readonly lowered: readonly LoweredName[];
      readonly directory: string;
      /** Whether it may be carried on. */
      readonly isOpen: boolean;
      readonly saving?: DrainSaving | undefined;
      /** Of a sandbox, whose gateway sent so many, and lost so many. */
      readonly gateway?: { readonly requests: number; readonly failures: number } | undefined;
    };

export type LoweredName = { readonly name: string; readonly weight: number; readonly full: number };

/** How the console ends. */
export type ConsoleExit = { readonly exitCode: number; readonly exitSummary: ExitSummary };
