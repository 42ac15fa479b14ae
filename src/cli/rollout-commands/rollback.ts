import { type RollBackProblem, rollBackPlan } from '../../core/roll-back/roll-back-plan.ts';
import { overridesOf } from '../../core/plan/overrides.ts';
import { type Plan, touchedServices } from '../../core/plan/plan.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { planOf } from '../../core/rollout/rollout.ts';
import { type Instance, serviceKey } from '../../core/registry/service.ts';
import type { Connected, OpenRollout } from '../../runner/ports/face-ports.ts';
import { askHidden } from '../io/ask.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { refuseLaunch, refuseRegistry, refuseUsage } from '../io/exit.ts';
import { sayingSilence } from '../io/say-silence.ts';
import { openPipelineOutput } from '../pipeline/pipeline-output.ts';
import { overrideProblem } from '../plan/prepare-plan.ts';
import { type StartFlags, startPlan } from './start-plan.ts';

export type RollbackFlags = StartFlags & { readonly override?: readonly string[] };

/** Takes a whole rollout back: a rollout of its own, whose plan is the other one's in reverse. */
export async function rollback(cli: Cli, flags: RollbackFlags, id: string): Promise<number> {
  const { words } = cli;
  const isRehearsal = flags.dryRun === true;
  const mayAsk = cli.input.isTerminal && flags.json !== true;
  const ports = await cli.ports();
  const obstacle = await ports.launcher.obstacle(isRehearsal ? 'rehearsal' : 'real');
  if (obstacle !== undefined) return refuseLaunch(cli, obstacle, flags.json);
  const read = await ports.launcher.read(id);
  if (!read.ok) return refuseLaunch(cli, read.problem);
  const { open } = read;
  if (open.isRunning) return refuseUsage(cli, words.cli.rollBack.running(id));
  // Before anything is asked of Nacos: what the journal alone says.
  const early = rollBackPlan(open.rollout, () => undefined);
  if (!early.ok) return refuseUsage(cli, problemText(cli, id, early.problem));
  // What --yes does not help was said before.
  if (!isRehearsal && flags.yes !== true && !mayAsk) return refuseUsage(cli, words.cli.yesNeeded);
  const opened = await openPipelineOutput(cli, ports, flags);
  if (!opened.ok) return opened.code;
  const reached = await reach(cli, ports, open);
  if (!reached.ok) return reached.code;
  const { connected, typedPassword } = reached;
  const made = await planNow(cli, flags, open, connected);
  if (!made.ok) {
    await connected.registry.close();
    return made.code;
  }
  let hasBegun = false;
  const code = await startPlan(cli, flags, {
    ports,
    connected,
    typedPassword,
    plan: made.plan,
    notes: [...made.notes, ...(await formerTries(cli, ports, id))],
    pipeline: opened.value,
    started: async () => {
      hasBegun = !isRehearsal;
      if (hasBegun && open.rollout.ended === undefined) await endFormer(cli, ports, id);
    },
  });
  if (!hasBegun || made.stayingOff.length === 0) return code;
  cli.output.talk(words.cli.rollBack.stayingOff(id, made.stayingOff));
  return exitCodes.someOff;
}

/** It may be taken back once more, and who does so should know. */
async function formerTries(cli: Cli, { launcher }: CommandPorts, id: string): Promise<readonly string[]> {
  const { rollouts } = await launcher.all();
  const former = rollouts.filter(({ rollout }) => planOf(rollout).rollsBack === id);
  return former.length === 0
    ? []
    : [
        cli.words.cli.rollBack.before(
          id,
          former.map((one) => one.id),
        ),
      ];
}

/** What is taken back of it is the new one's from now on. */
async function endFormer(cli: Cli, { launcher }: CommandPorts, id: string): Promise<void> {
  const problem = await launcher.abandon(id);
  cli.output.talk(
    problem === undefined ? cli.words.cli.rollBack.former(id) : cli.words.failures.launchProblem(problem),
  );
}

function problemText({ words }: Cli, id: string, problem: RollBackProblem): string {
  const say = words.cli.rollBack;
  switch (problem.kind) {
    case 'nothing-deployed':
      return say.nothing(id);
    case 'no-command':
      return say.noCommand(id, problem.targets);
    case 'deploy-running':
      return say.stillRuns(id, problem.targets);
  }
}

type ReachedFormer =
  | { readonly ok: true; readonly connected: Connected; readonly typedPassword: string | undefined }
  | { readonly ok: false; readonly code: number };

/** As the rollout reached it. */
async function reach(cli: Cli, ports: CommandPorts, { rollout }: OpenRollout): Promise<ReachedFormer> {
  const { words } = cli;
  const { reached } = rollout.planned;
  let typedPassword: string | undefined;
  if (reached.username !== undefined && reached.passwordFrom === undefined) {
    if (!cli.input.isTerminal)
      return { ok: false, code: refuseLaunch(cli, { kind: 'password-needed', user: reached.username }) };
    typedPassword = await askHidden(cli, words.cli.passwordPrompt(reached.username));
    if (typedPassword === undefined) return { ok: false, code: exitCodes.interrupted };
  }
  const answer = await ports.connect(reached, typedPassword, sayingSilence(cli, ports.clock));
  if (answer.ok) return { ok: true, connected: answer.value, typedPassword };
  const { error } = answer;
  const code =
    error.kind === 'secret'
      ? refuseUsage(cli, words.failures.secret(error.detail))
      : refuseRegistry(cli, error);
  return { ok: false, code };
}

type MadeNow =
  | {
      readonly ok: true;
      readonly plan: Plan;
      readonly notes: readonly string[];
      readonly stayingOff: readonly string[];
    }
  | { readonly ok: false; readonly code: number };

/** The plan of what Nacos lists now. */
async function planNow(
  cli: Cli,
  { override = [] }: RollbackFlags,
  { rollout, id }: OpenRollout,
  { registry }: Connected,
): Promise<MadeNow> {
  const say = cli.words.cli.rollBack;
  const lists = new Map<string, readonly Instance[]>();
  for (const service of touchedServices(planOf(rollout))) {
    const answer = await registry.instances(service);
    if (!answer.ok) return { ok: false, code: refuseRegistry(cli, answer.error) };
    if (answer.value !== undefined) lists.set(serviceKey(service), answer.value.items);
  }
  const made = rollBackPlan(rollout, (service) => lists.get(serviceKey(service)));
  if (!made.ok) return { ok: false, code: refuseUsage(cli, problemText(cli, id, made.problem)) };
  const { plan, vanishing, stayingOff } = made;
  const problem = overrideProblem({ override }, plan, cli.words.cli);
  if (problem !== undefined) return { ok: false, code: refuseUsage(cli, problem) };
  const overrides = [...new Set([...plan.overrides, ...overridesOf(override, touchedServices(plan))])];
  const notes = [
    say.takesBack(id),
    ...(vanishing.length > 0 ? [say.vanishing(vanishing)] : []),
    ...(stayingOff.length > 0 ? [say.stayingOff(id, stayingOff)] : []),
  ];
  return { ok: true, plan: { ...plan, overrides }, notes, stayingOff };
}
