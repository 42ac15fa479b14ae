import { hookOf } from '../../core/hooks/hook-step.ts';
import { isAhead } from '../../core/rollout/ahead.ts';
import { type Rollout, targetOf } from '../../core/rollout/rollout.ts';
import { type TargetState } from '../../core/rollout/target-state.ts';
import { stamp, stampMs } from '../../core/text/stamp.ts';
import type { Words } from '../../i18n/words.ts';

/** What each target is at now, and until when at the latest; a line each. */
export function underWay(rollout: Rollout, words: Words): readonly string[] {
  return rollout.targets
    .filter((state) => state.phase === 'running' || isDrainedAhead(rollout, state))
    .map((state) => lineOf(rollout, state, words));
}

/** Off and drained, it is deployed when its turn comes. */
function isDrainedAhead(rollout: Rollout, state: TargetState): boolean {
  return state.phase === 'ready' && state.step === 'deploy' && isAhead(rollout, state);
}

/** The time of day, with its date where that is not the one on which it began. */
function clockOf(at: string, began: string): string {
  const isSameDay = at.slice(0, 10) === began.slice(0, 10);
  return `${isSameDay ? '' : `${at.slice(0, 10)} `}${at.slice(11, 19)}Z`;
}

function lineOf(rollout: Rollout, state: TargetState, { cli, report }: Words): string {
  const { name, step, drainTotalMs } = state;
  const said = cli.underWay;
  if (isDrainedAhead(rollout, state)) return said.drained(name);
  const began = state.steps[step].beganAt;
  const plan = targetOf(rollout, name);
  const { drain, deploy, check, warmUp, soak } = plan;
  if (began === undefined) return said.step(name, report.steps[step]);
  const at = (ms: number): string => clockOf(stamp(stampMs(began) + ms), began);
  switch (step) {
    case 'drain': {
      const { ms, watch } = drain;
      const ceilingMs = watch && watch.ceilingMs + drainTotalMs - ms;
      return said.drain(name, at(0), drainTotalMs, ceilingMs, at(ceilingMs ?? drainTotalMs));
    }
    case 'deploy':
      return said.deploy(name, at(deploy.timeoutMs));
    case 'before-target':
    case 'after-disable':
    case 'after-target':
      return said.until(name, report.steps[step], at(hookOf(plan, step)?.timeoutMs ?? 0));
    case 'check':
      return said.until(name, report.steps.check, at(check.withinMs));
    case 'warm-up':
      return said.until(name, report.steps['warm-up'], at(warmUp?.ms ?? 0));
    case 'soak':
      return said.until(name, report.steps.soak, at(soak?.ms ?? 0));
    case 'disable':
    case 'enable':
      return said.step(name, report.steps[step]);
  }
}
