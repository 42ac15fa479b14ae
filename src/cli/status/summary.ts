import { notRestarted } from '../../core/report/report.ts';
import { reachedGate } from '../../core/rollout/gate-state.ts';
import { failedSteps } from '../../core/rollout/target-state.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import { openState } from '../../runner/ports/open-state.ts';
import { type SeenBehind } from '../../doctor/left-behind.ts';
import { offNames, loweredNames, markNames, otherNames } from './left-names.ts';

/** A rollout as `--json` tells it; `seen`: what Nacos shows of what it left off, where that was asked. */
export function summary(open: OpenRollout, seen: readonly SeenBehind[] = []): object {
  const { rollout, id, directory, isRunning } = open;
  const names = offNames(open, seen);
  const gate = reachedGate(rollout);
  return {
    rollout: id,
    directory,
    plannedAt: rollout.plannedAt,
    by: rollout.planned.by,
    command: rollout.planned.command ?? null,
    state: openState(open),
    isRunning,
    outcome: rollout.ended?.outcome ?? rollout.rested?.why ?? null,
    exitCode: rollout.ended?.exitCode ?? rollout.rested?.exitCode ?? null,
    off: names.off,
    offAbsent: names.absent,
    offUnasked: names.unasked,
    onAgain: names.onAgain,
    offByOthers: otherNames(rollout),
    lowered: loweredNames(open, seen),
    marks: markNames(rollout),
    notRestarted: notRestarted(rollout),
    gate: gate === undefined ? null : { ...gate.gate, phase: gate.phase, failure: gate.failure ?? null },
    targets: rollout.targets.map((target) => ({
      target: target.name,
      phase: target.phase,
      step: target.step,
      result: target.result ?? null,
      failure: target.failure ?? null,
      failed: failedSteps(target),
    })),
  };
}
