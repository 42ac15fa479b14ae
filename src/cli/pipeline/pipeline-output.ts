import { apply } from '../../core/apply/apply.ts';
import type { Event } from '../../core/event/event.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import { reportOf } from '../../core/report/report.ts';
import { stamp } from '../../core/text/stamp.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { refuseUsage } from '../io/exit.ts';
import type { FollowOptions } from '../rollout/follow.ts';
import { createAnnotations, pipelineOf, pipelines } from './annotations.ts';
import { junitOf, junitOfNone } from './junit.ts';

export type PipelineFlags = {
  readonly report?: string;
  readonly annotations?: string;
  readonly json?: boolean;
};

/** What a pipeline is told beside the lines for people. */
export type PipelineOutput = {
  /** For whoever follows the rollout. */
  readonly listeners: Pick<FollowOptions, 'annotations' | 'heard'>;
  /** Nothing came to be a rollout, and why. */
  refused(lines: readonly string[]): Promise<void>;
  /** The rollout is over, or stands still, or was left. */
  finish(): Promise<void>;
};

/** Tried before anything begins: a report that cannot be written is a mistake of who typed it. */
export async function openPipelineOutput(
  cli: Cli,
  ports: Pick<CommandPorts, 'rewriteText' | 'clock'>,
  flags: PipelineFlags,
): Promise<{ ok: true; value: PipelineOutput } | { ok: false; code: number }> {
  const { words } = cli;
  const misused = misuse(cli, flags);
  if (misused !== undefined) return { ok: false, code: refuseUsage(cli, misused) };
  const path = flags.report?.slice(junitPrefix.length);
  const keep = async (text: string): Promise<string | undefined> => {
    if (path === undefined) return undefined;
    const answer = await ports.rewriteText(path, text);
    return answer.ok ? undefined : words.cli.pipeline.notWritten(path, answer.detail);
  };
  const now = (): string => stamp(ports.clock.wallClock());
  const obstacle = await keep(junitOfNone('error', [words.cli.pipeline.noEnd], now()));
  if (obstacle !== undefined) return { ok: false, code: refuseUsage(cli, obstacle) };
  const events: Event[] = [];
  const say = (problem: string | undefined): void => {
    if (problem !== undefined) cli.output.talk(problem);
  };
  const pipeline = pipelineWanted(cli, flags);
  const value: PipelineOutput = {
    listeners: {
      ...(pipeline !== undefined && { annotations: createAnnotations(pipeline, words) }),
      ...(path !== undefined && { heard: (event) => events.push(event) }),
    },
    refused: async (lines) => say(await keep(junitOfNone('failure', lines, now()))),
    finish: async () => {
      let rollout: Rollout | undefined;
      for (const event of events) rollout = apply(rollout, event);
      if (rollout !== undefined) say(await keep(junitOf(reportOf(rollout, events), words)));
    },
  };
  return { ok: true, value };
}

const junitPrefix = 'junit=';
const none = 'none';

function misuse({ words }: Cli, { report, annotations, json }: PipelineFlags): string | undefined {
  const { usage, right } = words.cli;
  if (report !== undefined && (!report.startsWith(junitPrefix) || report === junitPrefix))
    return usage.badValue('--report', report, right.report);
  if (annotations === undefined) return undefined;
  const known = [...pipelines, none];
  if (!known.includes(annotations)) return usage.badValue('--annotations', annotations, right.setting(known));
  // Each line of it is JSON.
  return json === true && annotations !== none ? usage.notBoth('--annotations', '--json') : undefined;
}

/** The one that was asked for, else the one that we run in. */
function pipelineWanted(
  { input }: Cli,
  { annotations, json }: PipelineFlags,
): (typeof pipelines)[number] | undefined {
  if (json === true || annotations === none) return undefined;
  return pipelines.find((one) => one === annotations) ?? pipelineOf(input.env);
}
