import type { Forecast } from '../../core/event/event-parts.ts';
import type { Consumer } from '../../core/drain/consumers.ts';
import type { Doubt } from '../../core/drain/drain-verdict.ts';
import type { EvidenceLimits } from '../../core/drain/evidence.ts';
import type { Drain, Plan } from '../../core/plan/plan.ts';
import type { ConsumerKind } from '../../core/plan/drain-presets.ts';
import type { Unreadable } from '../../core/registry/listed.ts';
import type { Reading, Refusal } from '../../core/event/failure.ts';
import type { TakenOff } from '../../core/event/failure.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { RequestText } from '../../world/registry.ts';
import type { CommandStep } from '../../core/command/command-environment.ts';
import type { StartObstacle } from '../../core/command/fit-start.ts';
import { type Twin } from '../../core/registry/twins.ts';

/** Calls a second to all the instances of a service, as one source counted them. */
export type MeasuredCalls = {
  readonly source: string;
  readonly perSecond: number;
  /** It cannot tell calls on one connection apart. */
  readonly isLeast: boolean;
  /** Those of them that nobody called, where others were called. */
  readonly silent: readonly string[];
};

/** A zone of a service: how many are on and well in it, and how many while its largest batch is off. */
export type ZoneAtWorst = { readonly zone: string; readonly now: number; readonly after: number };

/** The rollout that holds `service`, who began it and when. */
export type HeldBy = {
  readonly service: string;
  readonly id: string;
  readonly by: string;
  readonly since: string;
};

/** One thing that a review found. `refused` keeps the rollout from starting; `warning` is read and accepted by starting. */
export type Finding = { readonly level: 'good' | 'warning' | 'refused' } & FindingText;

type FindingText =
  | { readonly kind: 'reached'; readonly version: string; readonly dialect: string; readonly nodes: number }
  | { readonly kind: 'registry'; readonly error: RegistryError }
  /** A rollout holds a service that the plan touches. */
  | ({ readonly kind: 'locked' } & HeldBy)
  /** A server node of ours that does not answer: it is not asked during the rollout. */
  | { readonly kind: 'node-silent'; readonly node: string; readonly error: RegistryError }
  /** A member of the cluster that neither the profile nor the operator accepted: it is not asked. */
  | { readonly kind: 'node-not-accepted'; readonly address: string }
  /** `may` is whether we may write to the service; `trial` a write that was sent to find out, and could change nothing. */
  | {
      readonly kind: 'permission';
      readonly may: 'yes' | 'no' | 'unknown';
      readonly service: string;
      readonly trial?: RequestText;
    }
  | { readonly kind: 'leader'; readonly isThere: boolean; readonly isKnown: boolean }
  | { readonly kind: 'guard'; readonly refusal: Refusal; readonly target: string }
  /** The worst forecast of a service over the whole plan. */
  | { readonly kind: 'capacity'; readonly forecast: Forecast }
  /**
   * So many may drain while those before are deployed: that saves up to `eachMs` a batch. `isLate`: some of them only once
   * those that came on last have been on for a drain's time.
   */
  | {
      readonly kind: 'drain-ahead';
      readonly targets: number;
      readonly eachMs: number;
      readonly allMs: number;
      readonly isLate: boolean;
    }
  /** So many may not, and why the first of them may not. */
  | { readonly kind: 'drain-ahead-refused'; readonly targets: number; readonly refusal: Refusal }
  /** Nobody of this cluster will be on and well while the target is off; others of the service are. */
  | {
      readonly kind: 'last-of-cluster';
      readonly service: string;
      readonly cluster: string;
      readonly target: string;
    }
  /** A minimum that no order can meet; `wouldWork` is the largest that can. */
  | {
      readonly kind: 'minimum-impossible';
      readonly service: string;
      readonly minimum: number;
      readonly wouldWork: number;
      /** The largest percent of those on now that comes to it. */
      readonly wouldWorkPercent?: number;
    }
  /** What stays in each zone that somebody is taken from. */
  | {
      readonly kind: 'zones';
      readonly service: string;
      readonly minimum: number;
      readonly zones: readonly ZoneAtWorst[];
    }
  /** A zone that cannot keep the minimum of a zone: `after` would be left. */
  | ({
      readonly kind: 'zone-minimum-impossible';
      readonly service: string;
      readonly minimum: number;
    } & ZoneAtWorst)
  /** Registrations of a touched service that cannot be read. */
  | { readonly kind: 'unreadable'; readonly service: string; readonly records: readonly Unreadable[] }
  /** A member of the cluster that cannot be read: whether it is asked, nobody knows. */
  | { readonly kind: 'member-unreadable'; readonly record: Unreadable }
  /** Off before us. `takenOff`: who did it, where our journals know. */
  | {
      readonly kind: 'already-off';
      readonly service: string;
      readonly instance: string;
      readonly isTakenAlong: boolean;
      /** A rollout left it off, and this one puts it on. */
      readonly isPutOn?: true;
      readonly takenOff?: TakenOff;
    }
  /** Listed with a part of its weight, which the warm-up of `rollout` left it with: it gets `full`. */
  | {
      readonly kind: 'part-of-weight';
      readonly service: string;
      readonly instance: string;
      readonly weight: number;
      readonly full: number;
      readonly rollout: string;
    }
  /** Not of the plan, and counted as one process. */
  | {
      readonly kind: 'registered-twice';
      readonly service: string;
      readonly instance: string;
      readonly twins: readonly Twin[];
    }
  | { readonly kind: 'bad-address'; readonly instance: string }
  /** Two services of the plan are registered by the same processes, or (not `isKnown`) seem to be. */
  | {
      readonly kind: 'apart';
      readonly service: string;
      /** `GROUP@@name` */
      readonly companion: string;
      /** One of each, as an example. */
      readonly instances: readonly [string, string];
      readonly isKnown: boolean;
    }
  | { readonly kind: 'in-two-targets'; readonly instance: string }
  | {
      readonly kind: 'probe';
      readonly target: string;
      readonly reading: Reading;
      readonly isDropped: boolean;
    }
  /** A source that counts our own readings of it as calls. */
  | {
      readonly kind: 'evidence-counts-us';
      readonly source: string;
      readonly instances: readonly string[];
    }
  /** A source of evidence that tells nothing of targets that work. */
  | {
      readonly kind: 'evidence-fails';
      readonly targets: readonly string[];
      readonly source: string;
      readonly reading: Reading;
    }
  /** What ends the drains of a service. `because`: why evidence lengthens them only. */
  | {
      readonly kind: 'evidence';
      readonly service: string;
      readonly drain: Drain & { readonly watch: EvidenceLimits };
      readonly because: readonly Doubt[];
      /** Sources that were not tried, as they run a command. */
      readonly untried: readonly string[];
      readonly measured: readonly MeasuredCalls[];
    }
  /** In which order those of a service go that go by traffic; calls a second, undefined where they were not measured. */
  | {
      readonly kind: 'by-traffic';
      readonly service: string;
      readonly order: readonly { readonly target: string; readonly perSecond?: number }[];
    }
  /** Who consumes a service. `neededMs`: for how long the slowest of them, if it is what it is taken for, may still call. */
  | {
      readonly kind: 'consumers';
      readonly service: string;
      readonly consumers: readonly Consumer[];
      readonly assumed: ConsumerKind;
      readonly neededMs: number;
      readonly plannedMs: number;
    }
  | { readonly kind: 'consumers-unknown'; readonly service: string; readonly error: RegistryError }
  /** It warms up, and this is what its consumers are taken for: not all go by weights. */
  | { readonly kind: 'warm-up'; readonly service: string; readonly kinds: readonly ConsumerKind[] }
  /** The server does not keep every weight that is written. */
  | { readonly kind: 'warm-up-impossible'; readonly version: string }
  | { readonly kind: 'command-missing'; readonly command: string }
  /** No process can be started with what these targets make of this command. */
  | {
      readonly kind: 'cannot-start';
      readonly step: CommandStep | 'check' | 'gate';
      readonly obstacle: StartObstacle;
      readonly targets: readonly string[];
    }
  /** Too long for an environment: the commands of these targets find it in a file. */
  | { readonly kind: 'in-file'; readonly variable: string; readonly targets: readonly string[] }
  /** Where commands would run. */
  | { readonly kind: 'no-directory'; readonly path: string; readonly detail: string }
  /** Where its URL or secret is to be read from, there is nothing. */
  | { readonly kind: 'receiver-unreadable'; readonly receiver: string; readonly reference: string }
  /** The server forgets `enabled=false` when the instance deregisters. */
  | { readonly kind: 'no-memory'; readonly version: string }
  | {
      readonly kind: 'uneven-weight';
      readonly instance: string;
      readonly weight: number;
      readonly usual: number;
    };

export type Review = {
  readonly findings: readonly Finding[];
  /** The server nodes that every read-back will ask. */
  readonly nodes: readonly string[];
  /**
   * The plan to start: a default probe that fails on a working instance was dropped from it, and what an earlier warm-up
   * left with a part of its weight is to have all of it.
   */
  readonly plan: Plan;
};

export function isRefused(review: Review): boolean {
  return review.findings.some((finding) => finding.level === 'refused');
}

/** As a rehearsal takes it, which writes nothing: that somebody rolls a service now is only said. */
export function reviewForRehearsal(review: Review): Review {
  const told = (one: Finding): Finding => (one.kind === 'locked' ? { ...one, level: 'warning' } : one);
  return { ...review, findings: review.findings.map(told) };
}
