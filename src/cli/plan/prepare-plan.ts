import { minimumsOf } from '../../core/plan-reading/service-settings.ts';
import { type Limits, limitsOver } from '../../core/plan-reading/limits-over.ts';
import { otherPorts } from '../../core/plan-reading/other-ports.ts';
import { overProfile } from '../../core/plan-reading/over-profile.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import type { PlanFile } from '../../core/plan/plan-file.ts';
import { problemPath } from '../../core/flaw/problem-path.ts';
import type { PlanNote, PlanProblem } from '../../core/plan/plan-problem.ts';
import type { PlanHome } from '../../core/planning/plan-context.ts';
import { type Plan, touchedServices } from '../../core/plan/plan.ts';
import { stampMs } from '../../core/text/stamp.ts';
import type { CliWords } from '../../i18n/en/cli.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import { type ListedNow, type ReadPlanOptions, planFrom } from '../../runner/review/read-plan.ts';
import type { Registry } from '../../world/registry.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseRegistry, refuseUsage } from '../io/exit.ts';
import { type PrepareFlags, limitsBeside } from './beside-file.ts';
import { type Flagged, type PlanFlags, planFileOfFlags } from './plan-flags.ts';
import { type NotReached, type Reached, connect } from '../io/connect.ts';
import { type PlanText, readPlanFile } from './read-plan-file.ts';
import { typedService } from './typed-service.ts';
import { overriddenBy } from '../../core/plan/overrides.ts';
import { fullName } from '../../core/registry/service-name.ts';

export type PreparedPlan = Reached & {
  readonly file: PlanFile;
  readonly plan: Plan;
  readonly notes: readonly PlanNote[];
  readonly listed: ListedNow;
};
/**
 * Reads the plan's file or flags, reaches Nacos, and makes the plan of what it lists. Says why not, all of it as far as
 * it can be told.
 */
export async function preparePlan(cli: Cli, flags: PrepareFlags): Promise<PreparedPlan | NotReached> {
  const { words } = cli;
  const read = await readFileOrFlags(cli, flags);
  if (!read.ok) {
    cli.output.talk(read.sentence, ...(read.more ?? []));
    return { ok: false, code: exitCodes.usage };
  }
  const { file: written } = read;
  const reached = await connectFor(cli, flags, written);
  if (!reached.ok) return reached;
  const { connected, layer, group } = reached;
  const { spec } = connected;
  const file: PlanFile = {
    ...overProfile(written, layer, { group }, flags.file === undefined),
    ...(spec.profile !== undefined && { profile: spec.profile }),
  };
  const options = {
    namespace: spec.namespace,
    group,
    overrides: flags.override ?? [],
    minimumOf: minimumsOf(layer, { group }, written.defaults?.minimum),
    isTyped: flags.file === undefined,
  };
  const made = await planFrom(file, connected.registry, options);
  if (made.ok) {
    const { clock } = await cli.ports();
    const problem =
      overrideProblem(flags, made.plan, words.cli) ??
      deadlineProblem(made.plan, clock.wallClock(), words.cli);
    const notes = [
      ...made.notes,
      ...otherPorts(file, made.plan, layer, { namespace: spec.namespace, group }),
    ];
    if (problem === undefined) return { ...reached, ...made, notes, plan: inLanguage(made.plan, cli) };
    await connected.registry.close();
    return { ok: false, code: refuseUsage(cli, problem) };
  }
  const { problem } = made;
  const others = problem.kind === 'registry' ? [] : await problemsOfEach(file, connected.registry, options);
  await connected.registry.close();
  if (problem.kind === 'registry') return { ok: false, code: refuseRegistry(cli, problem.error) };
  const home = { namespace: spec.namespace, group };
  const said = [problem, ...others].map((one) => problemText(cli, one, read, home));
  cli.output.talk(...new Set(said));
  return { ok: false, code: codeOfProblem(problem) };
}

/** A plan cannot be made for the first thing that Nacos does not list: each service by itself says what else it is. */
async function problemsOfEach(
  file: PlanFile,
  registry: Registry,
  options: ReadPlanOptions,
): Promise<readonly PlanProblem[]> {
  const entries = file.stages.flatMap(({ services }) => services);
  if (entries.length === 1) return [];
  const problems: PlanProblem[] = [];
  for (const entry of entries) {
    const made = await planFrom({ ...file, stages: [{ services: [entry] }] }, registry, options);
    if (made.ok || made.problem.kind === 'all-on-version') continue;
    if (made.problem.kind === 'registry') return problems;
    problems.push(made.problem);
  }
  return problems;
}

/** `now` in milliseconds since the epoch. */
function deadlineProblem({ deadline }: Plan, now: number, { deadlineOver }: CliWords): string | undefined {
  if (deadline === undefined || !('at' in deadline) || stampMs(deadline.at) > now) return undefined;
  return deadlineOver(deadline.typed ?? deadline.at);
}

function codeOfProblem({ kind }: PlanProblem): number {
  // A second run that finds nothing to do did what was wanted.
  if (kind === 'all-on-version') return exitCodes.done;
  // What a person must change is in Nacos, not in what was typed.
  return kind === 'registered-twice' ? exitCodes.refused : exitCodes.usage;
}

/** A server that was given by itself never gets the password of the profile that the plan names. */
export function profileFor(flags: ConnectionFlags, { profile }: PlanFile): string | undefined {
  return flags.profile ?? (flags.server === undefined ? profile : undefined);
}

export function connectFor(cli: Cli, flags: ConnectionFlags, file: PlanFile): Promise<Reached | NotReached> {
  return connect(cli, { ...flags, profile: profileFor(flags, file) });
}

/** A file has what flags say beside it, its `limits`, over it. */
type Written = { readonly file: PlanFile; readonly limits: Limits } & Partial<PlanText>;

export async function readFileOrFlags(
  cli: Cli,
  flags: PrepareFlags,
): Promise<
  | ({ readonly ok: true } & Written)
  | { readonly ok: false; readonly sentence: string; readonly more?: readonly string[] }
> {
  if (flags.file === undefined) {
    const read = fileOfFlags(flags, cli.words.cli);
    return read.ok ? { ok: true, file: read.value, limits: {} } : read;
  }
  const limits = limitsBeside(flags, cli.words.cli);
  if (!limits.ok) return limits;
  const read = await readPlanFile(cli, flags.file);
  return read.ok ? { ...read, file: limitsOver(read.file, limits.value), limits: limits.value } : read;
}

/** With its place, where it stands in a file. */
function problemText(
  { words }: Cli,
  problem: PlanProblem,
  { file, limits, name, placeOf }: Written,
  home: PlanHome,
): string {
  const sentence = words.failures.planProblem(problem);
  // What a flag says stands nowhere in the file.
  const asked = 'where' in problem ? [problem.where ?? []].flat() : [];
  const isOfFlag = asked.some((text) => limits.where?.includes(text));
  const path = isOfFlag ? undefined : problemPath(problem, file, home);
  const place = path && placeOf?.(path);
  return place === undefined || name === undefined ? sentence : words.planFlaws.at(name, place, sentence);
}

/** Who is told of it reads the language of who starts it, where the plan names none. */
function inLanguage(plan: Plan, { language }: Cli): Plan {
  return plan.notify === undefined ? plan : { ...plan, notify: { language, ...plan.notify } };
}

function fileOfFlags(flags: PlanFlags, words: CliWords): Flagged<PlanFile> {
  if (flags.service === undefined && flags.host === undefined)
    return { ok: false, sentence: words.usage.needFlag('--service') };
  const service = typedService(flags.service ?? '*', flags.group, words);
  return service.ok ? planFileOfFlags(flags, service.value, words) : service;
}

/** A name that the plan does not touch overrides nothing: it is a slip of the pen. One that may be two says too little. */
export function overrideProblem(
  { override = [] }: { readonly override?: readonly string[] },
  plan: Plan,
  { usage }: CliWords,
): string | undefined {
  for (const text of override) {
    const meant = overriddenBy(text, touchedServices(plan));
    if (meant.length === 0) return usage.strayOverride(text);
    if (meant.length > 1) return usage.ambiguousOverride(text, meant.map(fullName));
  }
  return undefined;
}
