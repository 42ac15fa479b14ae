import type { Reached } from '../../core/registry/connection-spec.ts';
import type { ConnectionSpec } from '../../core/registry/connection-spec.ts';
import type { Difference } from '../../core/report/difference.ts';
import type { Listed } from '../../core/registry/listed.ts';
import type { PlanFile } from '../../core/plan/plan-file.ts';
import type { PlanNote } from '../../core/plan/plan-problem.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import type { Instance, ServiceId, ServiceSummary } from '../../core/registry/service.ts';
import type { Diagnosis } from '../../runner/ports/diagnosis.ts';
import type { GatewayStats, LaunchProblem, OpenRollout } from '../../runner/ports/face-ports.ts';
import type { Order, OrderRefusal, RunnerLine } from '../../runner/ports/protocol.ts';
import type { ServiceConsumers } from '../../runner/review/read-consumers.ts';
import type { Review } from '../../runner/review/review.ts';
import type { Asking, Namespace } from '../../world/registry.ts';
import type { Examination } from './console-ports.ts';
import type { FirstOrder, PasswordEffect } from './effect.ts';
import type { KeyPress } from './key-press.ts';
import type { Size } from './model.ts';
import type { Now } from './now.ts';
import type { Problem } from './notice.ts';
import type { ProfileEntry, TrialFound } from './profile-fields.ts';
import type { Beside, Draft } from '../draft/draft.ts';

/** What was read, or why not. */
export type Outcome<T> = { readonly value: T } | { readonly problem: Problem };

/** What happened. Past tense; each is handled in `update/`. */
export type Message =
  | { readonly type: 'began' }
  | { readonly type: 'key-pressed'; readonly press: KeyPress; readonly now: Now }
  | { readonly type: 'pasted'; readonly text: string }
  /** The terminal has begun a report or a paste and does not end it: no key arrives. */
  | { readonly type: 'input-held'; readonly by: 'report' | 'paste' }
  | { readonly type: 'input-released' }
  /** Which request has been waiting for an answer for a second; undefined: none any more. */
  | { readonly type: 'silence-told'; readonly silence: Asking | undefined; readonly now: Now }
  /** A connection was given when the console was opened. */
  | { readonly type: 'connection-given'; readonly spec: ConnectionSpec; readonly now: Now }
  | { readonly type: 'resized'; readonly size: Size }
  | { readonly type: 'ticked'; readonly now: Now }
  | {
      readonly type: 'open-rollouts-read';
      readonly open: readonly OpenRollout[];
      readonly all: readonly OpenRollout[];
      /** Why there may be more that nobody could read. */
      readonly obstacle: LaunchProblem | undefined;
      readonly isAgain: boolean;
      readonly now: Now;
    }
  | {
      readonly type: 'compared';
      readonly id: string;
      readonly outcome: Outcome<readonly Difference[]>;
    }
  | {
      readonly type: 'profiles-read';
      readonly outcome: Outcome<readonly ProfileEntry[]>;
      readonly warning?: string | undefined;
    }
  | ({ readonly type: 'examined' } & Pick<Examination, 'found' | 'canMend' | 'isReadOnly'>)
  | { readonly type: 'mended'; readonly results: readonly Diagnosis[] }
  | { readonly type: 'profile-tried'; readonly of: string; readonly found: TrialFound }
  | { readonly type: 'profile-saved'; readonly sentence: string | undefined }
  | { readonly type: 'profile-removed'; readonly sentence: string | undefined }
  | {
      readonly type: 'connected';
      readonly spec: ConnectionSpec;
      readonly reached: Reached;
      readonly isTest: boolean;
      /** What a test found, in words. */
      readonly found: readonly string[];
    }
  | { readonly type: 'connect-failed'; readonly problem: Problem; readonly now: Now }
  | {
      readonly type: 'password-needed';
      readonly user: string;
      readonly effect: PasswordEffect;
    }
  | {
      readonly type: 'services-read';
      /** From 0 to 1, so that many consoles do not ask a server that is in trouble at the same moment. */
      readonly chance: number;
      readonly namespace: string;
      readonly outcome: Outcome<Listed<ServiceSummary>>;
      /** Whether we are told when any of it changes. */
      readonly isHeard: boolean;
      readonly now: Now;
    }
  /** What there is so far of a list that is on its way, in no order, and how many services there are to be. */
  | {
      readonly type: 'services-came';
      readonly namespace: string;
      readonly part: Listed<ServiceSummary>;
      readonly total: number;
    }
  /** Something on the screen is no longer as it was read. */
  | {
      readonly type: 'change-told';
      readonly service: ServiceId;
      /** How many consumers are told of. */
      readonly on: number;
      /** It is what is told as soon as it is followed. */
      readonly isFirst: boolean;
      readonly now: Now;
    }
  /** One service of the list, counted after it was told to have changed; `askedAtMs` on the monotonic clock. */
  | {
      readonly type: 'service-counted';
      readonly service: ServiceSummary;
      readonly list: Listed<Instance>;
      readonly askedAtMs: number;
    }
  /** Its instances could not be read; without a problem this Nacos lists those that are on alone. */
  | {
      readonly type: 'service-uncounted';
      readonly service: ServiceId;
      readonly problem: Problem | undefined;
    }
  | { readonly type: 'service-consumers-read'; readonly consumers: ServiceConsumers }
  | { readonly type: 'namespaces-read'; readonly outcome: Outcome<Listed<Namespace>> }
  | {
      readonly type: 'instances-read';
      readonly chance: number;
      readonly outcome: Outcome<Readonly<Record<string, Listed<Instance>>>>;
      readonly isHeard: boolean;
      readonly now: Now;
    }
  | {
      readonly type: 'switched-on';
      readonly rollout: Rollout;
      readonly target: string;
      readonly outcome: Outcome<undefined>;
    }
  | { readonly type: 'beside-read'; readonly beside: Beside }
  | {
      readonly type: 'plan-made';
      /** What it was to be made of. */
      readonly draft: Draft;
      readonly outcome: Outcome<{
        readonly file: PlanFile;
        readonly plan: Plan;
        readonly notes: readonly PlanNote[];
      }>;
    }
  /** `plan` is the one that was to be looked into. */
  | { readonly type: 'reviewed'; readonly plan: Plan; readonly review: Review }
  | { readonly type: 'requests-listed'; readonly lines: readonly string[] }
  | { readonly type: 'consumers-read'; readonly lines: readonly string[] }
  | { readonly type: 'report-told'; readonly outcome: Outcome<readonly string[]> }
  | { readonly type: 'plan-saved'; readonly outcome: Outcome<string> }
  /** `path`: where it can be had besides. */
  | { readonly type: 'copied'; readonly lines: number; readonly path: string | undefined }
  | {
      readonly type: 'joined';
      readonly id: string;
      readonly directory: string;
      readonly mayDecide: boolean;
      readonly firstOrder: FirstOrder;
      readonly now: Now;
    }
  | { readonly type: 'launch-failed'; readonly problem: Problem }
  | { readonly type: 'abandoned'; readonly id: string; readonly problem: Problem | undefined }
  /** `curl` is the request that the line lists, where it lists one; `connection` what reaches the Nacos that it names. */
  | {
      readonly type: 'line-received';
      readonly line: RunnerLine;
      readonly curl?: string | undefined;
      readonly connection?: readonly string[] | undefined;
      readonly now: Now;
    }
  | { readonly type: 'link-closed' }
  | { readonly type: 'order-answered'; readonly order: Order; readonly refused: OrderRefusal | undefined }
  | { readonly type: 'tail-read'; readonly path: string; readonly text: string | undefined }
  | { readonly type: 'gateway-seen'; readonly stats: GatewayStats };

export type MessageType = Message['type'];
export type MessageOf<Type extends MessageType> = Extract<Message, { type: Type }>;
