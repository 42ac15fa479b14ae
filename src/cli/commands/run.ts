import { exitCodes } from '../../core/rollout/outcome.ts';
import { stampMs } from '../../core/text/stamp.ts';
import type { Words } from '../../i18n/words.ts';
import { type Review, isRefused } from '../../runner/review/review.ts';
import { ask } from '../io/ask.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseLaunch, refuseUsage } from '../io/exit.ts';
import { follow } from '../rollout/follow.ts';
import { sayingWhile } from '../io/say-silence.ts';
import { type PrepareFlags, type PreparedPlan, preparePlan } from '../plan/prepare-plan.ts';
import { readPlanFile } from '../plan/read-plan-file.ts';
import { type PipelineFlags, openPipelineOutput } from '../pipeline/pipeline-output.ts';
import { codeOfRefusal } from '../plan/refusal-code.ts';
import { noteTexts, reviewText, serviceNames } from '../plan/review-text.ts';

export type RunFlags = PrepareFlags &
  PipelineFlags & {
    readonly dryRun?: boolean;
    readonly yes?: boolean;
  };

/** Plan, review, a question, and the rollout followed to its end. */
export async function run(cli: Cli, flags: RunFlags): Promise<number> {
  const { words, output } = cli;
  const isRehearsal = flags.dryRun === true;
  const mayAsk = cli.input.isTerminal && flags.json !== true;
  if (flags.file === undefined && flags.service === undefined && flags.host === undefined)
    return refuseUsage(cli, words.cli.usage.needFlag('--service'));
  if (!isRehearsal && flags.yes !== true && !mayAsk) return refuseUnasked(cli, flags);
  const world = isRehearsal ? 'rehearsal' : 'real';
  // Before anything is asked of Nacos: without a journal nothing begins.
  const obstacle = await (await cli.ports()).launcher.obstacle(world);
  if (obstacle !== undefined) return refuseLaunch(cli, obstacle);
  const opened = await openPipelineOutput(cli, await cli.ports(), flags);
  if (!opened.ok) return opened.code;
  const pipeline = opened.value;
  const prepared = await preparePlan(cli, flags);
  if (!prepared.ok) return prepared.code;
  const { ports, connected, typedPassword } = prepared;
  const { spec, registry } = connected;
  const { deadline } = prepared.plan;
  if (deadline && 'at' in deadline && stampMs(deadline.at) <= ports.clock.wallClock()) {
    await registry.close();
    return refuseUsage(cli, words.cli.deadlineOver(deadline.at));
  }
  if (spec.isReadOnly && !isRehearsal) {
    await registry.close();
    return refuseUsage(cli, words.cli.readOnly(spec.profile ?? ''));
  }
  const review = await ports.review(prepared.plan, connected, world);
  output.talk(...noteTexts(prepared.notes, words), ...reviewText(review.plan, review, words));
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
  if (isAsked && !(await isAgreed(cli, prepared))) {
    await registry.close();
    output.talk(words.cli.notStarted);
    return exitCodes.interrupted;
  }
  if (isRehearsal) output.talk(words.cli.rehearsing);
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
    world,
    isAttended: isAsked,
  });
  const launched = await sayingWhile(cli, ports.clock, words.cli.startingRunner, starting);
  await registry.close();
  stopListening();
  if (!launched.ok) return refuseLaunch(cli, launched.problem);
  output.talk(words.cli.started(launched.link.id, launched.link.directory));
  const exitCode = await follow(cli, ports, launched.link, {
    isJson: flags.json === true,
    isAttended: isAsked,
    isWatching: false,
    isPressedEarly,
    ...pipeline.listeners,
  });
  await pipeline.finish();
  return exitCode;
}

/** Who has nobody to ask; what is wrong with the file comes first, as --yes does not help it. */
async function refuseUnasked(cli: Cli, { file }: RunFlags): Promise<number> {
  const read = file === undefined || file === '-' ? undefined : await readPlanFile(cli, file);
  return refuseUsage(cli, read?.ok === false ? read.sentence : cli.words.cli.yesNeeded);
}

/** Each with its sentence, as its kinds are not all of a contract. */
function findingsJson({ findings }: Review, { failures }: Words): readonly object[] {
  return findings.map((finding) => ({ ...finding, sentence: failures.finding(finding) }));
}

/** In production the service's name is typed, not a word that fingers know. */
async function isAgreed(cli: Cli, prepared: PreparedPlan): Promise<boolean> {
  const { words } = cli;
  const { plan, connected } = prepared;
  const service = plan.targets[0]?.registrations[0]?.service ?? '';
  const { isProduction } = connected.spec;
  const question = isProduction ? words.cli.askProduction(service) : words.cli.ask(serviceNames(plan));
  const answer = await ask(cli, question);
  return answer?.trim() === (isProduction ? service : 'yes');
}
