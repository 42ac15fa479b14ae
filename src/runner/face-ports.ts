import type { Reached } from '../core/connection-spec.ts';
import type { ConnectionSpec } from '../core/connection-spec.ts';
import type { Plan } from '../core/plan.ts';
import type { Rollout } from '../core/rollout.ts';
import type { Clock } from '../world/clock.ts';
import type { Answer, Registry } from '../world/registry.ts';
import type { RolloutLink } from './protocol.ts';
import type { Review } from './review.ts';

/** An open way to one Nacos. */
export type Connected = {
  readonly spec: ConnectionSpec;
  readonly reached: Reached;
  readonly registry: Registry;
};

/** A rollout of this machine that has not ended. */
export type OpenRollout = {
  readonly id: string;
  readonly directory: string;
  readonly rollout: Rollout;
  /** Whether its runner lives. */
  readonly isRunning: boolean;
};

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
  | { readonly kind: 'cannot-write'; readonly path: string; readonly detail: string }
  | { readonly kind: 'password-needed'; readonly user: string }
  | { readonly kind: 'runner-failed'; readonly detail: string };

export type Launched =
  | { readonly ok: true; readonly link: RolloutLink }
  | { readonly ok: false; readonly problem: LaunchProblem };

export type StartRequest = {
  readonly plan: Plan;
  readonly connected: Connected;
  /** As typed at a prompt; never written anywhere. */
  readonly typedPassword: string | undefined;
  /** As the review settled them. */
  readonly nodes: readonly string[];
  readonly world: 'real' | 'rehearsal';
  /** Whether a person is there to be asked. */
  readonly isAttended: boolean;
};

/** Starts, finds and reaches runners, which are processes of their own. */
export interface Launcher {
  start(request: StartRequest): Promise<Launched>;
  /** Follows a living runner. A face that may not decide only watches, and is not missed when it goes. */
  attach(id: string, options?: { readonly mayDecide: boolean }): Promise<Launched>;
  /** Starts a runner for a rollout whose runner is gone. */
  resume(id: string, options: { typedPassword: string | undefined; isAttended: boolean }): Promise<Launched>;
  /** Records that a rollout without a runner is given up, with whatever is off. */
  abandon(id: string): Promise<LaunchProblem | undefined>;
  /** Every rollout of this machine, newest first; rehearsals are not in it. */
  all(): Promise<readonly OpenRollout[]>;
}

/** The demo's gateway, as its face shows it. */
export type GatewayStats = {
  readonly requests: number;
  readonly failures: number;
  readonly perSecond: number;
  /** Requests per second by instance `ip:port`, with the version that answered last. */
  readonly instances: readonly {
    readonly endpoint: string;
    readonly perSecond: number;
    readonly version: string;
  }[];
  /** The last failures, newest first. */
  readonly recent: readonly { readonly at: string; readonly endpoint: string; readonly why: string }[];
};

/** Everything that a face is handed by main; faces reach nothing outside by themselves. */
export type FacePorts = {
  readonly clock: Clock;
  /** `user@host`. */
  readonly who: string;
  /** Opens a connection and finds out what answers. The password is asked from the spec's reference unless typed. */
  connect(
    spec: ConnectionSpec,
    typedPassword: string | undefined,
  ): Promise<Answer<Connected> | { ok: false; error: { kind: 'secret'; detail: string } }>;
  /** Before a rehearsal it sends nothing but what only reads. */
  review(plan: Plan, connected: Connected, world?: 'real' | 'rehearsal'): Promise<Review>;
  readonly launcher: Launcher;
  /** Reads the end of a command's output file; `undefined` when there is none yet. */
  readTail(path: string, maxBytes: number): Promise<string | undefined>;
  readonly demo?: { readonly profile: string; follow(listener: (stats: GatewayStats) => void): () => void };
};
