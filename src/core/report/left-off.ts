/**
 * What is off because of us, as journals tell it: the registrations of a rollout, since when and why, and which rollout
 * took one instance off. Which marks count is `isOurs` and `isOff` in core/rollout. What Nacos shows of it now is asked by
 * doctor/left-behind; tui/view/left-off looks from the screen's Nacos.
 */
import type { Event } from '../event/event.ts';
import type { Failure, StepName, TakenOff } from '../event/failure.ts';
import type { Registration } from '../plan/plan.ts';
import { type NacosAddress, isSameNacos } from '../registry/same-nacos.ts';
import { type InstanceId, instanceKey } from '../registry/service.ts';
import { type Owned, type Rollout, leftByUs, loweredByUs, targetOf } from '../rollout/rollout.ts';
import { type Lowered, type Mark, type TargetState, isOff } from '../rollout/target-state.ts';

/** One registration that is off because of a rollout, or may be, or that has less weight than it had. */
export type LeftOff = {
  readonly rollout: string;
  readonly by: string;
  /** The one-shot command that took it off. */
  readonly command: string | undefined;
  readonly target: string;
  readonly index: number;
  readonly registration: Registration;
  readonly mark: Exclude<Mark, 'untouched'>;
  /** What a warm-up wrote, where it was not proven to have all of its weight since. */
  readonly lowered: Lowered | undefined;
  /** When it was last meant to go off, or was last given a part of its weight, by the wall clock. */
  readonly since: string;
  readonly step: StepName;
  readonly why: Failure | undefined;
  /** Its process is not what the plan found: a command was begun on it and did not end well. */
  readonly isHalfDeployed: boolean;
  /** How that command ended is not in the journal: its runner was gone by then. */
  readonly isDeployOpen: boolean;
};

/** What a journal says is off because of us, and since when. */
export function leftOff(rollout: Rollout, events: readonly Event[]): readonly LeftOff[] {
  return leftByUs(rollout).flatMap(({ target, registration: index }) => {
    const registration = targetOf(rollout, target.name).registrations[index];
    const { mark = 'untouched', lowered } = target.registrations[index] ?? {};
    if (registration === undefined || mark === 'untouched') return [];
    return [
      {
        rollout: rollout.id,
        by: rollout.planned.by,
        command: rollout.planned.command,
        target: target.name,
        index,
        registration,
        mark,
        lowered,
        since: (mark === 'lowered' ? loweredAt : offSince)(events, target.name, index) ?? rollout.plannedAt,
        step: target.step,
        why: target.failure?.why,
        isHalfDeployed: isHalfDeployed(target),
        isDeployOpen: isDeployOpen(target),
      },
    ];
  });
}

/** The registrations of a rollout that are off because of it, or may be: all, or those of one target. */
export function registrationsOff(rollout: Rollout, name?: string): readonly Registration[] {
  return rollout.targets
    .filter((target) => name === undefined || target.name === name)
    .flatMap((target) =>
      targetOf(rollout, target.name).registrations.filter((_, index) => isMarkedOff(target, index)),
    );
}

export type LoweredNow = {
  readonly owned: Owned;
  readonly registration: Registration;
  readonly weight: number;
  readonly full: number;
};

/** What is on with less weight than it had because of a rollout: the weight that it has, and the one that it had. */
export function registrationsLowered(rollout: Rollout): readonly LoweredNow[] {
  return loweredByUs(rollout).flatMap((owned) => {
    const { target, registration: index } = owned;
    const registration = targetOf(rollout, target.name).registrations[index];
    const { full, written } = target.registrations[index]?.lowered ?? {};
    const weight = written?.at(-1);
    return registration === undefined || full === undefined || weight === undefined
      ? []
      : [{ owned, registration, weight, full }];
  });
}

/** The target with which a rollout took an instance off, and has not put it back. */
export function targetOffWith(rollout: Rollout, instance: InstanceId): TargetState | undefined {
  const key = instanceKey(instance);
  return rollout.targets.find(({ name }) =>
    registrationsOff(rollout, name).some((one) => instanceKey(one) === key),
  );
}

/**
 * Whoever took it off last, by the journals that reached this Nacos, newest first. Nobody where a later one of them has
 * seen it on: what is off now, somebody else took off.
 */
export function takenOff(
  rollouts: readonly Rollout[],
  nacos: NacosAddress,
  instance: InstanceId,
): TakenOff | undefined {
  let last: LastDone | undefined;
  for (const rollout of rollouts.filter(({ planned }) => isSameNacos(planned.reached, nacos))) {
    const done = lastDone(rollout, instance);
    if (done !== undefined && (last === undefined || done.at > last.at)) last = done;
  }
  if (last?.isOff !== true) return undefined;
  const { at, rollout } = last;
  const { by, command } = rollout.planned;
  return { rollout: rollout.id, by, at, ...(command !== undefined && { command }) };
}

type LastDone = { readonly at: string; readonly isOff: boolean; readonly rollout: Rollout };

/** What a rollout did last to an instance, if anything: took it off, or saw it on. */
function lastDone(rollout: Rollout, instance: InstanceId): LastDone | undefined {
  const off = targetOffWith(rollout, instance);
  if (off !== undefined) return { at: off.steps.disable.beganAt ?? rollout.plannedAt, isOff: true, rollout };
  const key = instanceKey(instance);
  for (const { name, registrations } of rollout.targets) {
    const planned = targetOf(rollout, name).registrations;
    for (const [index, { readBackAt: at, wasOff }] of registrations.entries()) {
      if (at === undefined || wasOff) continue;
      const one = planned[index];
      if (one !== undefined && instanceKey(one) === key) return { at, isOff: false, rollout };
    }
  }
  return undefined;
}

/** Whether a command was begun on it that did not end well: only a person can say what runs there now. */
export function isHalfDeployed(target: TargetState): boolean {
  return target.deploy !== undefined && !target.isDeployed;
}

/** Whether how its command ended is not known: it may run yet, and `resume` finds it out. */
export function isDeployOpen({ deploy, isDeployed, failure }: TargetState): boolean {
  return !isDeployed && (deploy?.isRunning === true || failure?.why.kind === 'deploy-unknown');
}

function isMarkedOff(target: TargetState, index: number): boolean {
  const state = target.registrations[index];
  return state !== undefined && isOff(state);
}

function loweredAt(events: readonly Event[], target: string, index: number): string | undefined {
  return events.findLast(
    (event) =>
      event.type === 'write-began' &&
      event.target === target &&
      event.registration === index &&
      event.fullWeight !== undefined,
  )?.at;
}

function offSince(events: readonly Event[], target: string, index: number): string | undefined {
  let since: string | undefined;
  for (const event of events) {
    if (!('target' in event) || event.target !== target || !('registration' in event)) continue;
    if (event.registration !== index) continue;
    if (event.type === 'write-began' && !event.enabled) since ??= event.at;
    if (event.type === 'read-back' && event.enabled) since = undefined;
  }
  return since;
}
