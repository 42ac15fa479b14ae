import type { Event, FactOf } from '../event/event.ts';
import type { Decision, WhyNotWarmed } from '../event/event-parts.ts';
import type { StepName } from '../event/failure.ts';
import type { Target } from '../plan/plan.ts';
import { type Phase, type TargetResult, type TargetState, failedSteps } from '../rollout/target-state.ts';
import { endpointText } from '../registry/service.ts';
import { type ReportedDrain, reportDrains } from './report-drain.ts';
import { stampMs } from '../text/stamp.ts';
import { shortName } from '../registry/service-name.ts';
import { type ReportedStep, retriesOf, stepsOf } from './report-steps.ts';

/** What the server nodes told consumers of a write that was read back; without a time they had not by then. */
export type ReportedTold = {
  readonly at: string;
  readonly registration: number;
  readonly enabled: boolean;
  readonly told: readonly { readonly node: string; readonly ms?: number | undefined }[];
};

export type ReportedTarget = {
  readonly name: string;
  readonly registrations: readonly { readonly instance: string; readonly service: string }[];
  readonly batch: number;
  /** Where one zone went at a time. */
  readonly zone?: string;
  readonly result: TargetResult | Phase;
  /** It is on its way, and nobody is at it. */
  readonly isStanding?: true;
  /** The steps whose last attempt failed. */
  readonly failed: readonly StepName[];
  readonly steps: readonly ReportedStep[];
  /** Steps that were begun once more because they had not come to a good end: what is repeated on the way there is not. */
  readonly retries: number;
  /** From the first disable to the last enable; absent while it is not back. */
  readonly tookMs: number | undefined;
  readonly drains: readonly ReportedDrain[];
  readonly told: readonly ReportedTold[];
  readonly exposures: readonly {
    readonly at: string;
    readonly registration: number;
    readonly sources: readonly string[];
    readonly ms?: number;
    /** It may have been on before it was first seen. */
    readonly isAtLeast?: true;
  }[];
  readonly warmUpsLeftOut: readonly {
    readonly at: string;
    readonly registrations: readonly number[];
    readonly why: WhyNotWarmed;
  }[];
  /** It went off ahead of its turn, or was put on until it came. */
  readonly ahead: readonly { readonly at: string; readonly fact: FactOf<'disable-began' | 'called-back'> }[];
  readonly decisions: readonly {
    readonly at: string;
    readonly decision: Decision;
    readonly by: string;
    /** The command that did it, where nobody was asked. */
    readonly via?: string;
  }[];
  readonly changes: readonly {
    readonly service: string;
    readonly what: string;
    readonly before: string;
    readonly after: string;
  }[];
};

/** The timeline of one target; `own`: the events that are about it. `isAtWork`: a runner may be at it. */
export function reportTarget(
  target: Target,
  state: TargetState,
  own: readonly Event[],
  isAtWork: boolean,
): ReportedTarget {
  const steps = stepsOf(own);
  return {
    name: target.name,
    registrations: target.registrations.map((one) => ({
      instance: endpointText(one),
      service: shortName(one),
    })),
    batch: target.batch,
    ...(target.zone !== undefined && { zone: target.zone }),
    result: state.result ?? state.phase,
    ...(isBegun(state) && !isAtWork && { isStanding: true }),
    failed: failedSteps(state),
    steps,
    retries: retriesOf(steps),
    tookMs: tookMs(own),
    drains: reportDrains(own),
    told: toldOf(own),
    exposures: exposuresOf(own),
    warmUpsLeftOut: own.flatMap((event) =>
      event.type === 'warm-up-left-out'
        ? [{ at: event.at, registrations: event.registrations, why: event.why }]
        : [],
    ),
    ahead: own.flatMap((event) =>
      event.type === 'called-back' || (event.type === 'disable-began' && event.isAhead === true)
        ? [{ at: event.at, fact: event }]
        : [],
    ),
    decisions: own.flatMap((event) =>
      event.type === 'decided'
        ? [
            {
              at: event.at,
              decision: event.decision,
              by: event.by,
              ...(event.via !== undefined && { via: event.via }),
            },
          ]
        : [],
    ),
    changes: own.flatMap((event) =>
      event.type === 'changed'
        ? [
            {
              service: serviceAt(target, event.registration),
              what: event.what,
              before: event.before,
              after: event.after,
            },
          ]
        : [],
    ),
  };
}

function isBegun({ result, phase }: TargetState): boolean {
  return result === undefined && (phase === 'running' || phase === 'ready');
}

function tookMs(own: readonly Event[]): number | undefined {
  const first = own.find(({ type }) => type === 'disable-began');
  const last = own.findLast(({ type }) => type === 'enabled');
  return first === undefined || last === undefined ? undefined : stampMs(last.at) - stampMs(first.at);
}

function exposuresOf(own: readonly Event[]): ReportedTarget['exposures'] {
  return own.flatMap((event, index) => {
    if (event.type !== 'exposed') return [];
    const { at, registration, sources } = event;
    const end = own
      .slice(index + 1)
      .find((later) => later.type === 'exposure-ended' && later.registration === registration);
    const length =
      end?.type === 'exposure-ended'
        ? { ms: end.ms, ...(end.isAtLeast !== undefined && { isAtLeast: end.isAtLeast }) }
        : {};
    return [{ at, registration, sources, ...length }];
  });
}

function toldOf(own: readonly Event[]): readonly ReportedTold[] {
  return own.flatMap((event): readonly ReportedTold[] => {
    if (event.type !== 'read-back' || event.told === undefined) return [];
    const { at, registration, enabled, told } = event;
    return [{ at, registration, enabled, told }];
  });
}

function serviceAt({ registrations }: Target, index: number): string {
  const registration = registrations[index];
  return registration === undefined ? '' : shortName(registration);
}
