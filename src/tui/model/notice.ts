import type { Failure } from '../../core/event/failure.ts';
import type { PlanProblem } from '../../core/plan/plan-problem.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { LaunchProblem } from '../../runner/ports/face-ports.ts';
import type { OrderRefusal } from '../../runner/ports/protocol.ts';
import type { SettingName } from '../draft/settings.ts';

/** What did not work, to be said in the words of the language. */
export type Problem =
  | { readonly kind: 'registry'; readonly error: RegistryError }
  | { readonly kind: 'secret'; readonly detail: string }
  | { readonly kind: 'launch'; readonly problem: LaunchProblem }
  | { readonly kind: 'plan'; readonly problem: PlanProblem }
  | { readonly kind: 'order'; readonly refusal: OrderRefusal }
  | { readonly kind: 'setting'; readonly name: SettingName }
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'sentence'; readonly sentence: string };

/** Why a key does nothing now. */
export type OffReason =
  | 'nothing-here'
  | 'nothing-to-mend'
  | 'mend-read-only'
  | 'being-examined'
  | 'being-mended'
  | 'nothing-chosen'
  | 'being-reached'
  | 'read-only'
  | 'review-refused'
  | 'review-running'
  | 'nothing-to-override'
  | 'just-appeared'
  | 'only-watching'
  | 'not-stuck'
  | 'not-at-gate'
  | 'not-connected'
  | 'not-possible-here'
  | 'not-draining'
  | 'already-paused'
  | 'not-paused'
  | 'rollout-over'
  | 'rollout-runs'
  | 'runner-gone'
  | 'runner-lives'
  | 'no-output'
  | 'no-evidence'
  | 'no-gateway'
  | 'deploy-known'
  | 'no-rollback'
  | 'no-newcomer'
  | 'starting'
  | 'nothing-to-copy'
  | 'nothing-folded'
  | 'no-panes'
  | 'nowhere-before'
  | 'not-off-by-us'
  | 'held-by-runner'
  | 'key-only'
  | 'nothing-sought';

/** One line above the keys, until the next key; why a key did nothing goes by itself. */
export type Notice =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'off'; readonly reason: OffReason }
  /** `hasHelp`: a key shows all keys of the place. */
  | { readonly kind: 'unknown-key'; readonly key: string; readonly hasHelp: boolean }
  | { readonly kind: 'saved'; readonly path: string }
  | { readonly kind: 'profile-saved' }
  | { readonly kind: 'profile-removed' }
  | { readonly kind: 'profile-gone'; readonly name: string }
  /** `changes`: of the settings that are shown; none where it is in what is not. */
  | {
      readonly kind: 'profile-changed';
      readonly name: string;
      readonly changes: readonly {
        readonly name: SettingName;
        readonly before: string;
        readonly now: string;
      }[];
    }
  | { readonly kind: 'abandoned'; readonly id: string; readonly off: readonly string[] }
  | { readonly kind: 'copied'; readonly lines: number; readonly path: string | undefined }
  | { readonly kind: 'paste-dropped' }
  | { readonly kind: 'input-held'; readonly by: 'report' | 'paste' }
  | { readonly kind: 'not-found'; readonly text: string }
  | { readonly kind: 'wrong-name'; readonly expected: string }
  | { readonly kind: 'no-such-service'; readonly text: string; readonly like: readonly string[] }
  | { readonly kind: 'companion-removed' }
  | { readonly kind: 'switched-on' }
  | { readonly kind: 'settled' }
  | { readonly kind: 'pausing' }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'runner-lost' }
  | { readonly kind: 'followed-again' };
