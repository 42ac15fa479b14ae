import {
  type CommandStep,
  checkEnvironment,
  commandEnvironment,
  filledCommand,
} from '../../core/command/command-environment.ts';
import { gateEnvironment } from '../../core/command/gate-environment.ts';
import type { StartObstacle } from '../../core/command/fit-start.ts';
import { hookOf, hookSteps } from '../../core/hooks/hook-step.ts';
import type { Command } from '../../core/hooks/command.ts';
import { type Call, type Plan, type Target, mainRegistration } from '../../core/plan/plan.ts';
import type { CommandOrder } from '../../world/world.ts';
import type { Finding } from './review.ts';

/** What would become of a command. */
export type CommandTrial = {
  /** The word of a program that cannot be found. */
  readonly missing?: string | undefined;
  readonly obstacle?: StartObstacle | undefined;
  /** The variables that would be handed over in a file. */
  readonly inFiles: readonly string[];
};

/** Looks at everything that a command is started with. Nothing is run, and nothing written. */
export type CommandTrials = {
  /** Where commands run, and why they cannot. */
  readonly directory: { readonly path: string; readonly obstacle?: string | undefined };
  try(command: Command, told: CommandOrder['environment']): CommandTrial;
};

/** What keeps a command of the plan from being started, before an instance is off because of it. */
export function reviewCommands(trials: CommandTrials, plan: Plan): readonly Finding[] {
  const missing = new Set<string>();
  const unstartable = new Map<string, { step: AnyStep; obstacle: StartObstacle; targets: string[] }>();
  const inFiles = new Map<string, string[]>();
  for (const { name, commands } of allCommands(plan))
    for (const { step, command, told } of commands) {
      const trial = trials.try(command, told);
      if (trial.missing !== undefined) missing.add(trial.missing);
      if (trial.obstacle !== undefined) {
        const { obstacle } = trial;
        const key = `${step} ${JSON.stringify(obstacle)}`;
        const same = unstartable.get(key) ?? { step, obstacle, targets: [] };
        same.targets.push(name);
        unstartable.set(key, same);
      }
      for (const variable of trial.inFiles) {
        const targets = inFiles.get(variable) ?? [];
        if (!targets.includes(name)) targets.push(name);
        inFiles.set(variable, targets);
      }
    }
  for (const command of Object.values(plan.on ?? {})) {
    const word = command && trials.try(command, {}).missing;
    if (word !== undefined) missing.add(word);
  }
  return [
    ...reviewDirectory(trials),
    ...[...missing].map((command): Finding => ({ level: 'refused', kind: 'command-missing', command })),
    ...[...unstartable.values()].map((one): Finding => ({ level: 'refused', kind: 'cannot-start', ...one })),
    ...[...inFiles].map(
      ([variable, targets]): Finding => ({ level: 'warning', kind: 'in-file', variable, targets }),
    ),
  ];
}

type AnyStep = CommandStep | 'check' | 'gate';
type PlannedCommand = {
  readonly step: AnyStep;
  readonly command: Command;
  readonly told: CommandOrder['environment'];
};

/** As long as that of any rollout. */
const someRollout = '00000000';

/** What each target starts, and each gate. */
function allCommands(
  plan: Plan,
): readonly { readonly name: string; readonly commands: readonly PlannedCommand[] }[] {
  const { profile, targets, gates = [] } = plan;
  return [
    ...targets.map((target) => ({ name: target.name, commands: commandsOf(plan, target) })),
    ...gates.flatMap((gate) => {
      if (gate.kind !== 'command') return [];
      const told = gateEnvironment({ rollout: someRollout, profile, targets, gate, attempt: 1 });
      return [{ name: gate.name, commands: [{ step: 'gate' as const, command: gate.command, told }] }];
    }),
  ];
}

function commandsOf(plan: Plan, target: Target): readonly PlannedCommand[] {
  const { profile, targets } = plan;
  const planned = (step: CommandStep, call: Call | undefined): readonly PlannedCommand[] => {
    if (call === undefined || 'url' in call) return [];
    const place = { rollout: someRollout, profile, targets, target, step, attempt: 1 };
    return [{ step, command: filledCommand(call, target), told: commandEnvironment(place) }];
  };
  return [
    ...planned('deploy', target.deploy),
    ...planned('rollback', target.rollback),
    ...hookSteps.flatMap((step) => planned(step, hookOf(target, step))),
    ...planned('leave', target.leave?.call),
    ...planned('back', target.back),
    ...checksOf(target),
  ];
}

function checksOf(target: Target): readonly PlannedCommand[] {
  return [target.check, target.warmUp?.check, target.soak?.check].flatMap(
    (check): readonly PlannedCommand[] => {
      if (check?.kind !== 'command') return [];
      const command = { run: check.run, timeoutMs: 0 };
      return [{ step: 'check', command, told: checkEnvironment(mainRegistration(target)) }];
    },
  );
}

function reviewDirectory({ directory: { path, obstacle } }: CommandTrials): readonly Finding[] {
  return obstacle === undefined ? [] : [{ level: 'refused', kind: 'no-directory', path, detail: obstacle }];
}
