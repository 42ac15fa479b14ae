import { type HookStep } from '../hooks/hook-step.ts';
import type { Decision } from '../event/event-parts.ts';
import type { Failure, StepName } from '../event/failure.ts';
import type { Registration } from '../plan/plan.ts';

/**
 * What we did to one registration, as far as the journal knows.
 * `untouched`: as we found it, or proven back on. `going-off`: a disable was begun and not read back.
 * `off`: read back. `coming-on`: an enable was begun and not read back.
 * `lowered`: on, with less weight than it had. Everything but this and `untouched` may be off because of us, unless it
 * was off before.
 */
export type Mark = 'untouched' | 'going-off' | 'off' | 'coming-on' | 'lowered';

/** What a warm-up wrote: the weight that it was to have in the end, and the parts of it. */
export type Lowered = { readonly full: number; readonly written: readonly number[] };

export type RegistrationState = {
  readonly mark: Mark;
  /** What it was before the last write, for the case that it is refused. */
  readonly markBefore: Mark;
  readonly isAway: boolean;
  /** It left the registry at least once since we took it off: it was restarted. */
  readonly wasAway: boolean;
  /** A mark was written while it was absent, since we took it off. */
  readonly wasHeld: boolean;
  /** A write was begun and has no outcome yet. */
  readonly isWriting: boolean;
  /** A write whose fate is unknown may still be applied. */
  readonly isUnsettled: boolean;
  /** It was cut off by the end of its runner, before it could even time out. */
  readonly isCutOff?: boolean;
  /** It was seen enabled, and is not yet proven off again. */
  readonly isExposed: boolean;
  /** Somebody else took it off since the plan was made, and it was off when its turn came. */
  readonly isTakenOff?: true;
  /** Off when a runner took over, which has not seen it off yet: since when it is on, and by whom, nobody knows. */
  readonly isUnseen?: boolean;
  /** It was off before us: kept out while it is in our hands, and never put on. */
  readonly wasOff: boolean;
  /** The new version does without it: its absence is no fault. */
  readonly isDropped?: boolean;
  /** How often it was seen enabled without having been away since we disabled it. */
  readonly exposures: number;
  /** When Nacos last showed what we had written to it. */
  readonly readBackAt?: string;
  /** With which weight every server node showed it on then. */
  readonly readBackWeight?: number;
  /** Since a warm-up began, until it is proven to have all of its weight. */
  readonly lowered?: Lowered;
};

/** An address that a registration of a target no longer has, and the writes to it. */
export type Former = Pick<RegistrationState, 'isWriting' | 'isUnsettled'> & {
  readonly registration: Registration;
  readonly index: number;
};

export type StepState = {
  /** The number of the current attempt, or of the next one; from 1. */
  readonly attempt: number;
  /** How often this attempt was called off before it had begun: what is in flight of it then is wanted no more. */
  readonly calledOff?: number;
  readonly beganAt?: string;
  readonly tookMs?: number;
  /** How many of its last attempts in a row nobody asked for: the plan has it tried again. */
  readonly retried?: number;
  /** It is waited so long before the next of these, since then; so many are left, that one included. */
  readonly wait?: { readonly since: string; readonly ms: number; readonly left: number };
  /** Its last attempt failed, and nothing came of that since; or a person took it as done, or it was left out. */
  readonly verdict?: 'failed' | 'passed-over';
};

/**
 * Where a target is going: through every step; back on without a deploy; on as it is because a person said so; through
 * every step with the plan's rollback command; off and no further, as it turned bad once it was on; or to its whole
 * weight and no further.
 */
export type Course = 'forward' | 'put-back' | 'put-on' | 'roll-back' | 'take-off' | 'give-back';

export type Phase = 'waiting' | 'ready' | 'running' | 'stuck' | 'ended';

export type TargetResult = 'done' | 'put-on' | 'put-back' | 'rolled-back' | 'left-off' | 'untouched';

/** What was listed before a command: `number` is that of the rollout's listings. */
export type Look = {
  readonly number: number;
  /** Keys of the services that were looked at. */
  readonly services: readonly string[];
  /** What was listed in others, as far as it matters. */
  readonly beside: readonly string[];
};

/** What the plan says of a hook, as far as it says what comes next. */
export type HookRule = { readonly retries: number; readonly mayFail: boolean };

export type TargetState = {
  readonly name: string;
  readonly phase: Phase;
  readonly step: StepName;
  readonly steps: Readonly<Record<StepName, StepState>>;
  readonly course: Course;
  readonly registrations: readonly RegistrationState[];
  /** An earlier rollout left something of it off: nobody knows that what it runs is good. */
  readonly isLeft?: true;
  /** The guard let it pass, and its writes follow: others count it as off already. */
  readonly isMeantOff: boolean;
  readonly drainTotalMs: number;
  readonly isDrainSkipped: boolean;
  /** Consumers may have called it since the last drain: no deploy before another one. */
  readonly needsDrain: boolean;
  readonly deploy?: {
    readonly directory: string;
    readonly isRunning: boolean;
    /** One of its attempts began for certain, or may have. */
    readonly hasRun?: boolean;
    readonly look?: Look | undefined;
    /** The same of its first attempt. */
    readonly firstLook?: Look | undefined;
  };
  /** Those that the plan has, and how the one that began last stands. */
  readonly hooks: Readonly<Partial<Record<HookStep, HookRule>>>;
  readonly hook?: {
    readonly directory: string;
    readonly isRunning: boolean;
    /** Consumers may have called it since the hook began: another one before the drain. */
    readonly isStale: boolean;
  };
  /** Of the command that began last. */
  readonly output?: string;
  /** How often a command is run again by itself. */
  readonly retries: { readonly deploy: number; readonly rollback: number };
  /** What `changed` of its check said before the first deploy. */
  readonly valueBefore?: string | undefined;
  /** Where it was before it came back under another address: a mark of ours may still be there. */
  readonly former: readonly Former[];
  /** Former addresses whose mark could not be taken back for certain. */
  readonly marksLeft: readonly string[];
  readonly isDeployed: boolean;
  /** After a deploy forward it begins with a part of its weight. */
  readonly hasWarmUp: boolean;
  /** After a deploy forward it is watched for a while before the next one. */
  readonly hasSoak: boolean;
  /** It was asked to leave by itself, and not proven back since. */
  readonly hasLeft: boolean;
  readonly isRestarted?: boolean;
  /** A deploy that was running when it was to be left ends first. */
  readonly isLeaving: boolean;
  readonly failure?: { readonly step: StepName; readonly why: Failure };
  /** What was decided about its last failure. */
  readonly decided?: Decision;
  readonly result?: TargetResult;
};

export const untouched: RegistrationState = {
  mark: 'untouched',
  markBefore: 'untouched',
  isAway: false,
  wasAway: false,
  wasHeld: false,
  isWriting: false,
  isUnsettled: false,
  isExposed: false,
  wasOff: false,
  exposures: 0,
};

const beforeCheck: readonly StepName[] = ['before-target', 'disable', 'after-disable', 'drain', 'deploy'];

/** In the steps that lead to its check. */
export function isBeforeCheck({ step }: Pick<TargetState, 'step'>): boolean {
  return beforeCheck.includes(step);
}

/** On after a check that was good, and not because somebody wants it on, or back, as it is. */
export function comesOnChecked({ course }: TargetState): boolean {
  return course === 'forward' || course === 'roll-back';
}

/** In our hands: begun and not ended. */
export function isActive(target: TargetState): boolean {
  return target.phase === 'ready' || target.phase === 'running' || target.phase === 'stuck';
}

/** Whether it may be off, or have less weight than it had, because of us. */
export function isOurs({ mark, wasOff }: RegistrationState): boolean {
  return mark !== 'untouched' && !wasOff;
}

/** Whether it may be off because of us. */
export function isOff(state: RegistrationState): boolean {
  return isOurs(state) && state.mark !== 'lowered';
}

/** Whether any registration of it may be off because of us. */
export function isOffByUs(target: TargetState): boolean {
  return target.registrations.some(isOff);
}

/** Whether nothing of it is registered now: to put it on is to take back its mark, and to wait for it no more. */
export function isAllAway(target: TargetState): boolean {
  return target.registrations.every(({ isAway }) => isAway);
}

/** The steps whose last attempt failed. A later one does not make them good: what was put on is on without them. */
export function failedSteps({ steps }: TargetState): readonly StepName[] {
  return (Object.keys(steps) as StepName[]).filter((step) => steps[step].verdict === 'failed');
}

/** It is through and on, and not with what was to be released. */
export function fellShort(target: TargetState): boolean {
  const { result } = target;
  return (
    result === 'rolled-back' ||
    ((result === 'put-on' || result === 'untouched') && failedSteps(target).length > 0)
  );
}

/** Ours to keep out, whoever took it off. */
export function isHeldOff(target: TargetState): boolean {
  return target.registrations.some(({ mark }) => isHeld(mark));
}

/** It is as the plan found it: no command ran on it. One that runs, or whose end nobody knows, may have changed it. */
export function isUndeployed({ deploy }: TargetState): boolean {
  return deploy === undefined || (!deploy.isRunning && deploy.hasRun !== true);
}

/** Whether somebody else took any of it off since the plan was made. */
export function isTakenOff({ registrations }: TargetState): boolean {
  return registrations.some((one) => one.isTakenOff);
}

/** Nothing of it is off, or may be, by whomever: what goes no further stays on. */
export function isStillOn(target: TargetState): boolean {
  return !isHeldOff(target) && !isTakenOff(target) && target.registrations.some(({ wasOff }) => !wasOff);
}

/** Whether it may be off with this mark. */
export function isHeld(mark: Mark | undefined): boolean {
  return mark !== undefined && mark !== 'untouched' && mark !== 'lowered';
}
