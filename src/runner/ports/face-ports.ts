import type { Reached, ConnectionSpec } from '../../core/registry/connection-spec.ts';
import type { Decision } from '../../core/event/event-parts.ts';
import type { Event, Fact, WriteFact } from '../../core/event/event.ts';
import type { Deadline } from '../../core/plan/limits.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { InstanceId, ServiceId } from '../../core/registry/service.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import type { Clock } from '../../world/clock.ts';
import type { Answer, Registry, Watch } from '../../world/registry.ts';
import type { ServiceHolder } from '../registry/current-holder.ts';
import type { LaunchProblem } from '../store/launch-problem.ts';
import type { RolloutLink } from './protocol.ts';
import type { Review } from '../review/review.ts';

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
  /** The other machine whose runner may live. It shares the state directory. */
  readonly elsewhere?: string | undefined;
};

export type { LaunchProblem } from '../store/launch-problem.ts';

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

export type Decided = { readonly target: string; readonly decision: Decision };

export type ResumeOptions = {
  readonly typedPassword: string | undefined;
  readonly isAttended: boolean;
  /** Puts back what is well and ends, instead of going forward. */
  readonly isPuttingBack?: boolean;
  /** It holds instead of the plan's. */
  readonly deadline?: Deadline;
  /** What its stuck targets are to do, before anything else. */
  readonly decisions?: readonly Decided[];
  /** It goes on beyond the gate at which it stands. */
  readonly isPassingGate?: boolean;
};

/** `isBrief`: it only gives an order, and the rollout goes on as if it had never come. */
export type AttachOptions = { readonly mayDecide: boolean; readonly isBrief?: boolean };

/** A rollout with everything that happened in it. */
export type RolloutRead =
  | { readonly ok: true; readonly open: OpenRollout; readonly events: readonly Event[] }
  | { readonly ok: false; readonly problem: LaunchProblem };

export type RolloutsRead = {
  /** Newest first. */
  readonly rollouts: readonly OpenRollout[];
  /** Why there are journals that could not be read. */
  readonly unreadable: readonly LaunchProblem[];
};

/** What a one-shot command is about to take off. */
export type SwitchNoted = {
  readonly plan: Plan;
  readonly connected: Connected;
  /** As it was typed, without what reaches Nacos. */
  readonly command: string;
};

export type SwitchNotes =
  | { readonly ok: true; readonly by: string; record(fact: Fact): void; close(): void }
  | { readonly ok: false; readonly problem: LaunchProblem };

export type SwitchedOn = {
  readonly connected: Connected;
  readonly registrations: readonly InstanceId[];
  /** What was sent for it, in order; `registration` is the place in `registrations`. */
  readonly writes: readonly WriteFact[];
  /** How long the read-back took. */
  readonly ms: number;
  /** Seen to be on, whoever did that: nobody decided it here. */
  readonly isSeenOnly?: true;
};

/** Starts, finds and reaches runners, which are processes of their own. */
export interface Launcher {
  /** Why nothing could begin on this machine, where that is so: it tries to write, and leaves nothing there. */
  obstacle(world: 'real' | 'rehearsal'): Promise<LaunchProblem | undefined>;
  start(request: StartRequest): Promise<Launched>;
  /** Follows a living runner. A face that may not decide only watches, and is not missed when it goes. */
  attach(id: string, options?: AttachOptions): Promise<Launched>;
  /** Starts a runner for a rollout whose runner is gone. */
  resume(id: string, options: ResumeOptions): Promise<Launched>;
  /** Records that a rollout without a runner is given up, with whatever is off. */
  abandon(id: string): Promise<LaunchProblem | undefined>;
  /** Every rollout of this machine; rehearsals are not in it. */
  all(): Promise<RolloutsRead>;
  /** One rollout of this machine with its whole journal, whether it has ended or not. */
  read(id: string): Promise<RolloutRead>;
  /**
   * A journal for what a one-shot command takes off. Nothing is on disk before the first fact; a disk that says no later
   * than now throws there.
   */
  noteSwitch(request: SwitchNoted): Promise<SwitchNotes>;
  /**
   * What a one-shot command put on, or found on, is left off by no journal any more. Where that cannot be written down
   * Nacos still tells it.
   */
  settleSwitch(on: SwitchedOn): Promise<void>;
}

/** The demo's gateway, as its face shows it. */
export type GatewayStats = {
  readonly requests: number;
  readonly failures: number;
  readonly perSecond: number;
  /** How old the lists may be that it calls from. */
  readonly cacheTtlMs: number;
  /** Requests per second by instance `ip:port`, with the version that answered last. */
  readonly instances: readonly {
    readonly endpoint: string;
    readonly perSecond: number;
    readonly version: string;
  }[];
  /** The last failures, newest first. */
  readonly recent: readonly { readonly at: string; readonly endpoint: string; readonly why: string }[];
};

/**
 * What every face is given, and by type alone; faces reach nothing outside by themselves. What commands are given beyond
 * it is in `cli/io/command-ports.ts`, what the console is in `tui/model/console-ports.ts`.
 */
export type FacePorts = {
  readonly clock: Clock;
  /** `user@host`. */
  readonly who: string;
  /**
   * Opens a connection and finds out what answers. The password is asked from the spec's reference unless typed. `watch`
   * is told of every request over it. `signal` closes it, also while it is being opened.
   */
  connect(
    spec: ConnectionSpec,
    typedPassword: string | undefined,
    watch?: Watch,
    signal?: AbortSignal,
  ): Promise<Answer<Connected> | { ok: false; error: { kind: 'secret'; detail: string } }>;
  /** Before a rehearsal it sends nothing but what only reads. */
  review(plan: Plan, connected: Connected, world?: 'real' | 'rehearsal'): Promise<Review>;
  readonly launcher: Launcher;
  /** Which rollout holds one of these services on this machine. */
  holderOf(spec: ConnectionSpec, services: readonly ServiceId[]): ServiceHolder | undefined;
  /** Reads the end of a command's output file; `undefined` when there is none yet. */
  readTail(path: string, maxBytes: number): Promise<string | undefined>;
  readonly demo?: { readonly profile: string; follow(listener: (stats: GatewayStats) => void): () => void };
};
