import { exitCodes } from '../core/outcome.ts';
import type { PlanFile } from '../core/plan-file.ts';
import type { PlanNote } from '../core/plan-problem.ts';
import { type Plan, touchedServices } from '../core/plan.ts';
import type { ConnectionFlags } from '../profiles/resolve-spec.ts';
import { planFrom } from '../runner/read-plan.ts';
import type { Cli } from './cli-ports.ts';
import { refuseRegistry, refuseUsage } from './exit.ts';
import { type PlanFlags, planFileOfFlags } from './plan-flags.ts';
import { type NotReached, type Reached, reach } from './reach.ts';
import { readPlanFile } from './read-plan-file.ts';

export type PreparedPlan = Reached & {
  readonly file: PlanFile;
  readonly plan: Plan;
  readonly notes: readonly PlanNote[];
};
export type PrepareFlags = PlanFlags &
  ConnectionFlags & { readonly file?: string; readonly override?: readonly string[] };

const planOnly = [
  'service',
  'cluster',
  'instance',
  'exclude',
  'companion',
  'order',
  'batch',
  'minimum',
  'drain',
  'check',
  'deploy',
  'rollback',
  'onFailure',
] as const;

/** Reads the plan's file or flags, reaches Nacos, and makes the plan of what it lists. Says why not. */
export async function preparePlan(cli: Cli, flags: PrepareFlags): Promise<PreparedPlan | NotReached> {
  const { words } = cli;
  const second = flags.file === undefined ? undefined : planOnly.find((name) => flags[name] !== undefined);
  if (second !== undefined) {
    const flag = `--${second.replace('onFailure', 'on-failure')}`;
    return { ok: false, code: refuseUsage(cli, words.cli.usage.notBoth('--file', flag)) };
  }
  const read =
    flags.file === undefined ? planFileOfFlags(flags, words.cli) : await readPlanFile(cli, flags.file);
  if (!read.ok) return { ok: false, code: refuseUsage(cli, read.sentence) };
  // A server that was given by itself never gets the password of the profile that the plan names.
  const profile = flags.profile ?? (flags.server === undefined ? read.value.profile : undefined);
  const reached = await reach(cli, { ...flags, profile });
  if (!reached.ok) return reached;
  const { connected, defaults, group } = reached;
  const { spec } = connected;
  const file: PlanFile = {
    ...read.value,
    ...(spec.profile !== undefined && { profile: spec.profile }),
    defaults: { ...defaults, ...read.value.defaults },
  };
  const made = await planFrom(file, connected.registry, {
    namespace: spec.namespace,
    group,
    overrides: flags.override ?? [],
    isTyped: flags.file === undefined,
  });
  if (made.ok) {
    const stray = strayOverride(flags, made.plan);
    if (stray === undefined) return { ...reached, file: made.file, plan: made.plan, notes: made.notes };
    await connected.registry.close();
    return { ok: false, code: refuseUsage(cli, words.cli.usage.strayOverride(stray)) };
  }
  await connected.registry.close();
  if (made.problem.kind === 'registry') return { ok: false, code: refuseRegistry(cli, made.problem.error) };
  cli.output.talk(words.failures.planProblem(made.problem));
  return { ok: false, code: exitCodes.usage };
}

/** A name that the plan does not touch overrides nothing: it is a slip of the pen. */
export function strayOverride(
  { override }: { readonly override?: readonly string[] },
  plan: Plan,
): string | undefined {
  const names = touchedServices(plan).map(({ service }) => service);
  return override?.find((name) => !names.includes(name));
}
