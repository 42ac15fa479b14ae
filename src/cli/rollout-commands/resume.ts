import { decisionSchema } from '../../core/event/event-parts.ts';
import { parseDeadline } from '../../core/plan/limits.ts';
import { exitCodeOf, exitCodes } from '../../core/rollout/outcome.ts';
import type { Decided, OpenRollout } from '../../runner/ports/face-ports.ts';
import { ask } from '../io/ask.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { compare } from '../rollout/compare.ts';
import { refuseUsage } from '../io/exit.ts';
import { follow } from '../rollout/follow.ts';
import { sayWhatIsOff } from '../rollout/say-what-is-off.ts';
import { sayingWhile } from '../io/say-silence.ts';
import { openPipelineOutput } from '../pipeline/pipeline-output.ts';
import { isLeftBeside } from '../../core/report/left-beside.ts';
import { finishLeft } from './finish-left.ts';
import type { AttachFlags } from './attach.ts';
import { type NotChosen, chooseRollout, notChosenText, refuseNotChosen } from './choose-rollout.ts';

export type ResumeFlags = AttachFlags & {
  readonly yes?: boolean;
  readonly decide?: readonly string[];
  readonly abort?: string;
  readonly passGate?: boolean;
  readonly deadline?: string;
};

/** Says why nothing comes of it: to people, as a line of JSON where that is wanted, and in the report of a pipeline. */
type Refuse = (problem: NotChosen) => Promise<number>;

/** Starts a runner for a rollout whose runner is gone, and follows it as `run` does. */
export async function resume(cli: Cli, flags: ResumeFlags, id: string | undefined): Promise<number> {
  const { words } = cli;
  const decisions = decisionsOf(flags);
  const { usage, right } = words.cli;
  if ('bad' in decisions) return refuseUsage(cli, usage.badValue('--decide', decisions.bad, right.decide));
  if (flags.abort !== undefined && !isHow(flags.abort))
    return refuseUsage(cli, usage.badValue('--abort', flags.abort, right.setting(hows)));
  if (flags.abort !== undefined && decisions.made.length > 0)
    return refuseUsage(cli, usage.notBoth('--abort', '--decide'));
  if (flags.abort !== undefined && flags.passGate === true)
    return refuseUsage(cli, usage.notBoth('--abort', '--pass-gate'));
  const deadline = flags.deadline === undefined ? undefined : parseDeadline(flags.deadline);
  if (flags.deadline !== undefined && deadline === undefined)
    return refuseUsage(cli, usage.badValue('--deadline', flags.deadline, right.deadline));
  const ports = await cli.ports();
  const opened = await openPipelineOutput(cli, ports, flags);
  if (!opened.ok) return opened.code;
  const mayAsk = cli.input.isTerminal && flags.json !== true;
  // Who says what is to be done has been asked.
  const isTold =
    flags.yes === true || decisions.made.length > 0 || flags.abort !== undefined || flags.passGate === true;
  const isAttended = mayAsk && !isTold;
  const isJson = flags.json === true;
  const refuse: Refuse = async (problem) => {
    await opened.value.refused([notChosenText(words, problem)]);
    return refuseNotChosen(cli, problem, isJson);
  };
  const chosen = await chooseRollout(ports, id, (open) => !open.isRunning);
  if (!chosen.ok) return refuse(chosen.problem);
  const read = await ports.launcher.read(chosen.id);
  if (!read.ok) return refuse(read.problem);
  // Before anybody is asked, and before a Nacos is.
  const { ended } = read.open.rollout;
  if (ended !== undefined) {
    const isAnswered = decisions.made.length > 0 || flags.abort !== undefined || flags.passGate === true;
    if (isAnswered || !isLeftBeside(read.events)) return refuse({ kind: 'already-ended', id: chosen.id });
    const problem = await finishLeft(cli, ports, read, isJson);
    return problem === undefined ? ended.exitCode : refuse(problem);
  }
  if (read.open.isRunning && flags.abort !== undefined) {
    cli.output.talk(words.cli.order.abortInstead(chosen.id, flags.abort));
    return exitCodes.usage;
  }
  if (!isAttended && !isTold) return refuseUsage(cli, words.cli.yesNeededToResume(chosen.id));
  if (flags.abort === 'leave') return abandon(cli, ports, read.open, { isJson, refuse });
  const compared = await compare(cli, ports, read.open);
  if (compared === 'interrupted') return exitCodes.interrupted;
  if (isAttended && compared.isDifferent && !(await isAgreed(cli))) return exitCodes.interrupted;
  const { typedPassword } = compared;
  const starting = ports.launcher.resume(chosen.id, {
    typedPassword,
    isAttended,
    ...(flags.abort === 'put-back' && { isPuttingBack: true }),
    ...(flags.passGate === true && { isPassingGate: true }),
    ...(deadline && { deadline }),
    ...(decisions.made.length > 0 && { decisions: decisions.made }),
  });
  const launched = await sayingWhile(cli, ports.clock, words.cli.startingRunner, starting);
  if (!launched.ok) return refuse(launched.problem);
  const exitCode = await follow(cli, ports, launched.link, {
    isJson,
    isAttended,
    isWatching: false,
    ...opened.value.listeners,
  });
  await opened.value.finish();
  return exitCode;
}

async function isAgreed(cli: Cli): Promise<boolean> {
  const isYes = (await ask(cli, cli.words.cli.compared.ask))?.trim() === 'yes';
  if (!isYes) cli.output.talk(cli.words.cli.notStarted);
  return isYes;
}

const hows = ['put-back', 'leave'] as const;

function isHow(text: string): boolean {
  return hows.some((how) => how === text);
}

/** Each `TARGET=DECISION`: a target has a blank in its name at the most, and no `=`. */
function decisionsOf({ decide = [] }: ResumeFlags): { readonly made: readonly Decided[] } | { bad: string } {
  const made: Decided[] = [];
  for (const text of decide) {
    const at = text.lastIndexOf('=');
    const decision = decisionSchema.safeParse(text.slice(at + 1));
    if (at < 1 || !decision.success) return { bad: text };
    made.push({ target: text.slice(0, at), decision: decision.data });
  }
  return { made };
}

/** No runner is needed to leave all as it is. */
async function abandon(
  cli: Cli,
  ports: CommandPorts,
  { id, rollout }: OpenRollout,
  { isJson, refuse }: { readonly isJson: boolean; readonly refuse: Refuse },
): Promise<number> {
  const { launcher } = ports;
  const problem = await launcher.abandon(id);
  if (problem !== undefined) return refuse(problem);
  const exitCode = exitCodeOf(rollout, 'abandoned');
  const ended = { type: 'rollout-ended', outcome: 'abandoned', exitCode } as const;
  cli.output.talk(cli.words.events['rollout-ended'](ended, () => ''));
  const read = await launcher.read(id);
  const unfinished = read.ok ? await finishLeft(cli, ports, read, isJson) : read.problem;
  if (unfinished !== undefined) cli.output.talk(cli.words.failures.launchProblem(unfinished));
  sayWhatIsOff(cli, ports, { ...rollout, ended });
  return exitCode;
}
