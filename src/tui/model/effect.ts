import type { ConnectionSpec } from '../../core/registry/connection-spec.ts';
import type { PlanFile } from '../../core/plan/plan-file.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import type { InstanceId, ServiceId } from '../../core/registry/service.ts';
import type { Language } from '../../i18n/language.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import type { Order, Snapshot } from '../../runner/ports/protocol.ts';
import type { Draft } from '../draft/draft.ts';
import type { ExitSummary } from './exit-summary.ts';
import type { ProfileValues, Tried } from './profile-fields.ts';

/** What the console asks of outside. Data; `run-effects.ts` is the one place that does it. */
export type UiEffect =
  /** `isAgain`: it was read just before, and nothing is asked of any Nacos because of it. */
  | { readonly kind: 'read-open-rollouts'; readonly isAgain?: true }
  /** What Nacos says now against a rollout that stands still. */
  | { readonly kind: 'compare'; readonly open: OpenRollout }
  /** Looks at this machine, at the Nacos that the console is at, and wherever something was left off. */
  | { readonly kind: 'examine' }
  /** Puts on what was left off and is well; or gives up what is gone. */
  | { readonly kind: 'mend'; readonly gone: readonly string[] }
  /** `isAgain`: what was warned of is not warned of again. */
  | { readonly kind: 'read-profiles'; readonly isAgain?: true }
  /** What is told of from now on is told in it. */
  | { readonly kind: 'speak'; readonly language: Language }
  | { readonly kind: 'save-profile'; readonly values: ProfileValues; readonly original: string | undefined }
  /** Once nothing is typed for a moment; what was asked before is asked no more. */
  | { readonly kind: 'try-profile'; readonly of: string; readonly tried: Tried }
  | { readonly kind: 'forget-trial' }
  | { readonly kind: 'remove-profile'; readonly name: string }
  | {
      readonly kind: 'connect';
      readonly spec: ConnectionSpec;
      readonly password: string | undefined;
      /** Says what was reached, and goes no further. */
      readonly isTest: boolean;
      /** Given when the console was opened, so that it need not be in the list of profiles. */
      readonly isGiven: boolean;
    }
  /** What is being connected to is wanted no more. */
  | { readonly kind: 'forget-connect' }
  | { readonly kind: 'read-services'; readonly namespace: string }
  /** Of a long list, those around the cursor. */
  | { readonly kind: 'follow-services'; readonly services: readonly ServiceId[] }
  | { readonly kind: 'count-service'; readonly service: ServiceId }
  /** Who consumes it. */
  | { readonly kind: 'read-service-consumers'; readonly service: ServiceId }
  | { readonly kind: 'read-namespaces' }
  | { readonly kind: 'read-instances'; readonly services: readonly ServiceId[] }
  /** What Nacos says of a rollout whose runner is gone. */
  | {
      readonly kind: 'observe';
      readonly plan: Plan;
      readonly nodes: readonly string[];
      /** What was said before, for where it does not answer now. */
      readonly before: Snapshot | undefined;
    }
  | { readonly kind: 'switch-on'; readonly rollout: Rollout; readonly target: string }
  | {
      readonly kind: 'read-beside';
      readonly instance: InstanceId;
      readonly services: readonly ServiceId[];
    }
  | {
      readonly kind: 'make-plan';
      /** What `file` was made of. */
      readonly draft: Draft;
      readonly file: PlanFile;
      readonly namespace: string;
      readonly overrides: readonly string[];
      /** What those who are told read, where the plan does not say. */
      readonly language: Language;
    }
  | { readonly kind: 'review'; readonly plan: Plan }
  | { readonly kind: 'list-requests'; readonly plan: Plan }
  /** Who subscribes to what a plan touches. */
  | { readonly kind: 'read-consumers'; readonly plan: Plan }
  | { readonly kind: 'save-plan'; readonly file: PlanFile }
  | {
      readonly kind: 'start';
      readonly plan: Plan;
      readonly nodes: readonly string[];
      readonly world: 'real' | 'rehearsal';
      readonly password: string | undefined;
    }
  | {
      readonly kind: 'attach';
      readonly id: string;
      readonly mayDecide: boolean;
      readonly firstOrder: FirstOrder;
      /** Somebody else carries on what is followed here: nothing is said where that does not come about. */
      readonly isAgain?: true;
    }
  | {
      readonly kind: 'resume';
      readonly id: string;
      /** Where it was planned. */
      readonly at: ConnectionSpec;
      readonly password: string | undefined;
      readonly firstOrder: FirstOrder;
    }
  | { readonly kind: 'abandon'; readonly id: string }
  | { readonly kind: 'read-report'; readonly id: string; readonly language: Language }
  /** The followed rollout goes on without this console, which stays. */
  | { readonly kind: 'detach' }
  | { readonly kind: 'submit'; readonly order: Order }
  | { readonly kind: 'read-tail'; readonly path: string }
  | { readonly kind: 'copy'; readonly text: string }
  | { readonly kind: 'close-link' }
  | { readonly kind: 'exit'; readonly exitCode: number; readonly exitSummary: ExitSummary };

/** An effect that may turn out to need a typed password, and is then asked for again with it. */
export type PasswordEffect = Extract<UiEffect, { readonly password: string | undefined }>;

/** What to ask of a runner once all it did so far is known. */
export type FirstOrder = 'continue' | 'put-back' | 'pass-gate' | undefined;
