/** Why a runner could not be started or reached. */
export type LaunchProblem =
  | {
      readonly kind: 'locked';
      readonly by: string;
      readonly since: string;
      readonly service: string;
      readonly id: string;
    }
  | { readonly kind: 'no-such-rollout'; readonly id: string }
  | { readonly kind: 'no-runner'; readonly id: string }
  | { readonly kind: 'still-running'; readonly id: string }
  | { readonly kind: 'already-ended'; readonly id: string }
  | {
      readonly kind: 'unreadable-journal';
      readonly id: string;
      readonly line: number;
      readonly detail: string;
    }
  | { readonly kind: 'newer-journal'; readonly id: string; readonly version: number }
  /** Neither XDG_STATE_HOME nor a home: there is no place for journals. */
  | { readonly kind: 'no-home' }
  | {
      readonly kind: 'unreadable-state';
      readonly path: string;
      readonly detail: string;
      readonly id?: string;
    }
  | { readonly kind: 'cannot-write'; readonly path: string; readonly detail: string }
  | { readonly kind: 'password-needed'; readonly user: string }
  | { readonly kind: 'runner-failed'; readonly detail: string }
  /** An assumption of ours was broken. */
  | { readonly kind: 'runner-crashed'; readonly id: string };
