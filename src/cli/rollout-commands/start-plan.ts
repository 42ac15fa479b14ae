import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Words } from '../../i18n/words.ts';
import type { Connected } from '../../runner/ports/face-ports.ts';
import { type Review, isRefused, reviewForRehearsal } from '../../runner/review/review.ts';
import { ask } from '../io/ask.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { refuseLaunch, refuseUsage } from '../io/exit.ts';
import { follow } from '../rollout/follow.ts';
import { sayingWhile } from '../io/say-silence.ts';
import type { PipelineFlags, PipelineOutput } from '../pipeline/pipeline-output.ts';
import { findingsJson } from '../plan/findings-json.ts';
import { codeOfRefusal } from '../plan/refusal-code.ts';
import { reviewText, serviceNames } from '../plan/review-text.ts';

export type StartFlags = PipelineFlags & { readonly dryRun?: boolean; readonly yes?: boolean };

export type Prepared = {
  readonly ports: CommandPorts;
  readonly connected: Connected;
  readonly typedPassword: string | undefined;
  readonly plan: Plan;
  /** Said before the review. */
  readonly notes: readonly string[];
  readonly pipeline: PipelineOutput;
  /** A runner carries it out. */
  readonly started?: () => Promise<void>;
};

/** A review, a question, and the rollout followed to its end. */
export async function startPlan(cli: Cli, flags: StartFlags, prepared: Prepared): Promise<number> {
  const { output, words } = cli;
  const { ports, connected, pipeline, notes } = prepared;
  const { spec, registry } = connected;
  const isRehearsal = flags.dryRun === true;
  const obstacle = obstacleTo(prepared, isRehearsal, words);
  if (obstacle !== undefined) {
    await registry.close();
    return refuseUsage(cli, obstacle);
  }
  const found = await ports.review(prepared.plan, connected, isRehearsal ? 'rehearsal' : 'real');
  const review = isRehearsal ? reviewForRehearsal(found) : found;
  output.talk(...notes, ...reviewText(review.plan, review, words));
  if (isRefused(review)) {
    await registry.close();
    output.talk(words.cli.review.refusedToStart);
    await pipeline.refused(reviewText(review.plan, review, words));
    const exitCode = codeOfRefusal(review);
    if (flags.json === true)
      output.json({ type: 'refused', exitCode, findings: findingsJson(review, words) });
    return exitCode;
  }
  const isAsked = !isRehearsal && flags.yes !== true;
  if (isAsked && !(await isAgreed(cli, prepared.plan, spec.isProduction))) {
    await registry.close();
    output.talk(words.cli.notStarted);
    return exitCodes.interrupted;
  }
  if (isRehearsal) output.talk(words.cli.rehearsing);
  return launch(cli, flags, prepared, review);
}

function obstacleTo(
  { connected: { spec } }: Prepared,
  isRehearsal: boolean,
  { cli }: Words,
): string | undefined {
  return spec.isReadOnly && !isRehearsal ? cli.readOnly(spec.profile ?? '') : undefined;
}

async function launch(cli: Cli, flags: StartFlags, prepared: Prepared, review: Review): Promise<number> {
  const { ports, connected, typedPassword, pipeline } = prepared;
  const isRehearsal = flags.dryRun === true;
  const isAttended = !isRehearsal && flags.yes !== true;
  // A Ctrl-C while the runner starts is not to be lost: it is taken as soon as the runner can be told.
  let isPressedEarly = false;
  const stopListening = ports.onInterrupt(() => {
    isPressedEarly = true;
  });
  const starting = ports.launcher.start({
    plan: review.plan,
    connected,
    typedPassword,
    nodes: review.nodes,
    world: isRehearsal ? 'rehearsal' : 'real',
    isAttended,
  });
  const launched = await sayingWhile(cli, ports.clock, cli.words.cli.startingRunner, starting);
  await connected.registry.close();
  stopListening();
  if (!launched.ok) {
    const { problem } = launched;
    await pipeline.refused([cli.words.failures.launchProblem(problem)]);
    return refuseLaunch(cli, problem, flags.json);
  }
  cli.output.talk(cli.words.cli.started(launched.link.id, launched.link.directory));
  await prepared.started?.();
  const exitCode = await follow(cli, ports, launched.link, {
    isJson: flags.json === true,
    isAttended,
    isWatching: false,
    isPressedEarly,
    ...pipeline.listeners,
  });
  await pipeline.finish();
  return exitCode;
}

/** In production the service's name is typed, not a word that fingers know. */
async function isAgreed(cli: Cli, plan: Plan, isProduction: boolean): Promise<boolean> {
  const { words } = cli;
  const service = plan.targets[0]?.registrations[0]?.service ?? '';
  const question = isProduction ? words.cli.askProduction(service) : words.cli.ask(serviceNames(plan));
  const answer = await ask(cli, question);
  return answer?.trim() === (isProduction ? service : 'yes');
}
