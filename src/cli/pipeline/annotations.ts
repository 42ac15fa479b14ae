import { planOf, type Rollout } from '../../core/rollout/rollout.ts';
import type { Event } from '../../core/event/event.ts';
import { stampMs } from '../../core/text/stamp.ts';
import { withoutCommand } from '../io/no-command.ts';
import { visible } from '../../core/text/visible.ts';
import type { Words } from '../../i18n/words.ts';
import type { Annotations } from '../rollout/follow.ts';
import { eventLine } from '../rollout/event-line.ts';

export const pipelines = ['github', 'gitlab'] as const;
export type Pipeline = (typeof pipelines)[number];

/** Which pipeline we run in, as it says of itself. */
export function pipelineOf(env: Readonly<Record<string, string | undefined>>): Pipeline | undefined {
  if (env['GITHUB_ACTIONS'] === 'true') return 'github';
  return env['GITLAB_CI'] === 'true' ? 'gitlab' : undefined;
}

/** The events of a batch are a group that folds; what failed stands outside of it, and on GitHub is an annotation too. */
export function createAnnotations(pipeline: Pipeline, words: Words): Annotations {
  const { open, close } = pipeline === 'github' ? githubGroups : gitlabSections();
  const group: { batch: number | undefined; at: string } = { batch: undefined, at: '' };
  const closed = (): readonly string[] => {
    if (group.batch === undefined) return [];
    group.batch = undefined;
    return close(group.at);
  };
  return {
    before: (event, rollout) => {
      group.at = event.at;
      if (severityOf(event) !== undefined) return closed();
      const batch = batchOf(event, rollout);
      if (batch === undefined || batch === group.batch) return [];
      const before = closed();
      group.batch = batch;
      return [...before, ...open(titleOf(rollout, batch, words), event.at)];
    },
    after: (event, rollout, isNew) => {
      const severity = severityOf(event);
      if (severity === undefined || pipeline !== 'github' || !isNew) return [];
      return [annotation(severity, `nacos-rollout ${rollout.id}`, eventLine(event, rollout, words))];
    },
    end: closed,
  };
}

type Severity = 'error' | 'warning' | 'notice';

/** What nobody should have to unfold a group for. */
function severityOf(event: Event): Severity | undefined {
  switch (event.type) {
    case 'step-failed':
    case 'gate-failed':
      return 'error';
    // Its failure has no event of its own.
    case 'deploy-ended':
      return event.result.kind === 'exited' && event.result.code === 0 ? undefined : 'error';
    case 'exposed':
    case 'paused':
    case 'node-lost':
      return 'warning';
    case 'runner-rested':
    case 'rollout-ended':
      return event.exitCode === 0 ? 'notice' : 'error';
    default:
      return undefined;
  }
}

function batchOf(event: Event, rollout: Rollout): number | undefined {
  if (!('target' in event)) return undefined;
  return planOf(rollout).targets.find(({ name }) => name === event.target)?.batch;
}

const namesMax = 3;

function titleOf(rollout: Rollout, batch: number, { cli }: Words): string {
  const { targets } = planOf(rollout);
  const batches = [...new Set(targets.map((target) => target.batch))].sort((a, b) => a - b);
  const names = targets.filter((target) => target.batch === batch).map(({ name }) => name);
  const shown = names.slice(0, namesMax);
  return cli.pipeline.batch(batches.indexOf(batch) + 1, batches.length, shown, names.length - shown.length);
}

type Groups = {
  readonly open: (title: string, at: string) => readonly string[];
  readonly close: (at: string) => readonly string[];
};

const githubGroups: Groups = {
  open: (title) => [`::group::${githubText(title)}`],
  close: () => ['::endgroup::'],
};

/** Each section has a name of its own, and its times in seconds. */
function gitlabSections(): Groups {
  let count = 0;
  const line = (which: 'start' | 'end', at: string, title: string): readonly string[] => [
    `section_${which}:${Math.floor(stampMs(at) / 1000)}:nacos_rollout_${count}\r\u001B[0K${title}`,
  ];
  return {
    open: (title, at) => {
      count += 1;
      return line('start', at, visible(title));
    },
    close: (at) => line('end', at, ''),
  };
}

function annotation(severity: Severity, title: string, text: string): string {
  return `::${severity} title=${githubProperty(title)}::${githubText(text)}`;
}

/** As a workflow command writes what follows its second `::`. */
function githubText(text: string): string {
  return withoutCommand(visible(text)).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function githubProperty(text: string): string {
  return githubText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
