import type { Event } from '../event/event.ts';
import type { CommandResult, Failure, StepName } from '../event/failure.ts';

/** One try of one step. */
export type ReportedStep = {
  readonly step: StepName;
  readonly attempt: number;
  readonly beganAt: string;
  readonly ms?: number;
  /** `open`: its end is not in the journal. */
  readonly outcome: 'done' | 'skipped' | 'failed' | 'open';
  readonly command?: string;
  readonly result?: CommandResult;
  readonly why?: Failure;
};

/** How many steps were begun once more because they had not come to a good end. */
export function retriesOf(steps: readonly ReportedStep[]): number {
  return steps.filter(({ step }, at) => {
    const before = steps.slice(0, at).findLast((one) => one.step === step);
    return before !== undefined && before.outcome !== 'done' && before.outcome !== 'skipped';
  }).length;
}

/** Every try of every step, from the events of one target. */
export function stepsOf(own: readonly Event[]): readonly ReportedStep[] {
  const steps: ReportedStep[] = [];
  const close = (
    step: StepName,
    change: Partial<ReportedStep>,
    event: Event & { attempt?: number },
  ): void => {
    const index = steps.findLastIndex((one) => one.step === step && one.outcome === 'open');
    const open = steps[index];
    if (open !== undefined) steps[index] = { ...open, ...change };
    // What fails before it is said to have begun.
    else steps.push({ step, attempt: event.attempt ?? 1, beganAt: event.at, outcome: 'open', ...change });
  };
  for (const event of own)
    switch (event.type) {
      case 'disable-began':
      case 'drain-began':
      case 'check-began':
      case 'enable-began':
      case 'warm-up-began':
      case 'soak-began':
      case 'hook-began':
      case 'deploy-began': {
        const step =
          event.type === 'hook-began' ? event.step : (event.type.slice(0, -'-began'.length) as StepName);
        const { attempt, at: beganAt } = event;
        const command = 'command' in event ? { command: event.command } : {};
        steps.push({ step, attempt, beganAt, outcome: 'open', ...command });
        break;
      }
      case 'disabled':
        close('disable', { outcome: 'done', ms: event.ms }, event);
        break;
      case 'drain-ended':
        close('drain', { outcome: 'done', ms: event.ms }, event);
        break;
      case 'drain-skipped':
        close('drain', { outcome: 'skipped' }, event);
        break;
      case 'hook-ended':
      case 'deploy-ended': {
        const { ms, result } = event;
        const isGood = result.kind === 'exited' && result.code === 0;
        close(
          event.type === 'hook-ended' ? event.step : 'deploy',
          { outcome: isGood ? 'done' : 'failed', ms, result },
          event,
        );
        break;
      }
      case 'check-passed':
        close('check', { outcome: 'done', ms: event.ms }, event);
        break;
      case 'enabled':
        close('enable', { outcome: 'done', ms: event.ms }, event);
        break;
      case 'warm-up-passed':
        close('warm-up', { outcome: 'done', ms: event.ms }, event);
        break;
      case 'soak-passed':
        close('soak', { outcome: 'done', ms: event.ms }, event);
        break;
      case 'step-failed':
        close(event.step, { outcome: 'failed', ms: event.ms, why: event.why }, event);
        break;
      default:
        break;
    }
  return steps;
}
