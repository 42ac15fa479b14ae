import { isHookStep } from '../../core/hooks/hook-step.ts';
import { type StepName, stepNames } from '../../core/event/failure.ts';
import { targetOf } from '../../core/rollout/rollout.ts';
import { type TargetState } from '../../core/rollout/target-state.ts';
import { mainRegistration } from '../../core/plan/plan.ts';
import { instanceKey } from '../../core/registry/service.ts';
import { stampMs } from '../../core/text/stamp.ts';
import { currentTarget, type Following } from '../model/following.ts';
import type { Progress } from '../draw/theme.ts';
import { isLasting } from './differing.ts';
import { nacosSays, type Saying } from './nacos-says.ts';

export type StepCell = {
  readonly step: StepName;
  readonly progress: Progress;
  readonly ms: number | undefined;
};

export type RegistrationRow = { readonly label: string; readonly saying: Saying };

/** One target: what we did to it, and what Nacos says now. The two may disagree. */
export type RolloutRow = {
  readonly index: number;
  readonly target: TargetState;
  readonly isCurrent: boolean;
  /** Without a warm-up, a soak and hooks, where no target has one. */
  readonly steps: readonly StepCell[];
  readonly saying: Saying;
  readonly companions: readonly RegistrationRow[];
};

/** `wallMs`: now, by the clock of the runner. */
export function rolloutRows(following: Following, wallMs: number): readonly RolloutRow[] {
  const { rollout, snapshot } = following;
  if (rollout === undefined) return [];
  const current = currentTarget(rollout)?.name;
  const shown = stepNames.filter((step) => rollout.targets.some((target) => hasStep(target, step)));
  return rollout.targets.map((target, at) => {
    const planned = targetOf(rollout, target.name).registrations;
    const rows = planned.flatMap((registration, index): readonly RegistrationRow[] => {
      const ours = target.registrations[index];
      if (ours === undefined) return [];
      const label = `:${registration.port} ${registration.service}`;
      const saying = nacosSays(registration, ours, snapshot);
      const since = following.differing[instanceKey(registration)];
      const isDifferent = saying.isDifferent && isLasting(since, following.runnerClock?.atMs ?? 0);
      return [{ label, saying: { ...saying, isDifferent } }];
    });
    const main = planned.indexOf(mainRegistration(targetOf(rollout, target.name)));
    const [first, ...companions] = [rows[main], ...rows.filter((_, index) => index !== main)];
    if (first === undefined) throw new Error(`${target.name} has no registration`);
    return {
      index: at + 1,
      target,
      isCurrent: target.name === current && target.phase !== 'waiting',
      steps: shown.map((step) => stepCell(target, step, wallMs)),
      saying: first.saying,
      companions: companions.filter((row) => row !== undefined),
    };
  });
}

/** Whether the plan has this step for it: some are for those that ask for them. */
function hasStep({ hasWarmUp, hasSoak, hooks }: TargetState, step: StepName): boolean {
  if (step === 'warm-up') return hasWarmUp;
  if (step === 'soak') return hasSoak;
  return !isHookStep(step) || hooks[step] !== undefined;
}

function stepCell(target: TargetState, step: StepName, wallMs: number): StepCell {
  const state = target.steps[step];
  const progress = progressOf(target, step);
  const since = state.beganAt === undefined ? undefined : Math.max(0, wallMs - stampMs(state.beganAt));
  return {
    step,
    progress,
    ms: progress === 'running' ? since : progress === 'not-yet' ? undefined : state.tookMs,
  };
}

function progressOf(target: TargetState, step: StepName): Progress {
  const { verdict, tookMs } = target.steps[step];
  if (target.failure?.step === step && target.phase !== 'running') return 'failed';
  if (target.phase === 'running' && target.step === step) return 'running';
  if (verdict === 'failed') return 'failed';
  if (verdict === 'passed-over' || (step === 'drain' && target.isDrainSkipped)) return 'skipped';
  return tookMs === undefined ? 'not-yet' : 'done';
}
