import { batchSizesText, zonesInOrder } from '../../core/batches/stage-batches.ts';
import type { Report } from '../../core/report/report.ts';
import type { ReportedTarget } from '../../core/report/report-target.ts';
import { visible } from '../../core/text/visible.ts';
import type { Words } from '../../i18n/words.ts';
import type { CommandPorts } from '../io/command-ports.ts';

/** What still has less weight than it had, and that one. */
export function loweredNames(report: Report): readonly string[] {
  return report.lowered.map(
    ({ target, registration, full }) => `${instanceName(report, target, registration)} (${full})`,
  );
}

/** `ip:port service` of each. */
export function namesOf(report: Report, told: Report['off']): readonly string[] {
  return told.map(({ target, registration }) => instanceName(report, target, registration));
}

/** A report as Markdown. What came from a registry cannot break out of its cell. */
export function reportText(report: Report, words: Words, curlOf: CommandPorts['curlOf']): readonly string[] {
  const say = words.report;
  const off = namesOf(report, report.off);
  const onAgain = namesOf(report, report.onAgain);
  const lowered = loweredNames(report);
  return [
    `# ${say.title(report.rollout, report.command !== undefined)}`,
    '',
    ...headLines(report, words),
    '',
    off.length > 0 ? say.stillOff(off.map(plain)) : say.nothingOff(report.command !== undefined),
    ...(onAgain.length > 0 ? ['', say.onAgain(onAgain.map(plain))] : []),
    ...(lowered.length > 0 ? ['', say.stillLowered(lowered.map(plain))] : []),
    ...(report.isLeftBeside === true ? ['', say.leftBeside(report.rollout)] : []),
    ...(report.drains === undefined ? [] : ['', say.saved(report.drains)]),
    ...(report.ahead === undefined ? [] : ['', say.ahead(report.ahead)]),
    ...(report.notRestarted.length > 0 ? ['', say.notRestarted(report.notRestarted.map(plain))] : []),
    '',
    `## ${say.targets}`,
    '',
    ...markdownTable([
      [say.columns.target, say.columns.services, say.columns.result, say.columns.took, say.columns.retries],
      ...report.targets.map((target) => [
        target.name,
        target.registrations.map(({ service }) => service).join(', '),
        resultOf(target, words),
        target.tookMs === undefined ? '' : say.time(target.tookMs),
        String(target.retries),
      ]),
    ]),
    ...report.targets.flatMap((target) => targetLines(target, words)),
    '',
    ...wholeLines(report, words),
    ...askedLines(report, words),
    `## ${say.requests(report.requests.length)}`,
    '',
    say.secretless,
    '',
    '```sh',
    ...report.requests.flatMap(({ at, target, outcome, request }) => [
      `# ${at} ${say.item(visible(target), say.requestOutcomes[outcome])}`,
      visible(curlOf(request)),
    ]),
    '```',
  ];
}

function wholeLines({ controls }: Report, words: Words): readonly string[] {
  if (controls.length === 0) return [];
  const lines = controls.map(({ at, fact }) => {
    const saying = words.events[fact.type] as (fact: object) => string;
    return `- ${at} ${plain(saying(fact))}`;
  });
  return [`## ${words.report.whole}`, '', ...lines, ''];
}

/** How it ended; of a one-shot command, whether what it took off is off still. */
export function outcomeText({ command, off, outcome, isRunnerGone }: Report, { report, cli }: Words): string {
  if (isRunnerGone === true) return cli.status.state.gone;
  if (outcome === undefined) return report.running;
  if (command === undefined || outcome === 'aborted') return report.ended[outcome];
  return off.length > 0 ? cli.status.onceState.off : cli.status.onceState.done;
}

/** What was asked of each server node: its columns, and a row for each kind. */
export function askedRows({ asked }: Report, { report: say }: Words): readonly (readonly string[])[] {
  const { node, kind, count, failed, bytes } = say.askedColumns;
  return [
    [node, kind, count, failed, bytes],
    ...asked.map((one) => [
      one.node,
      say.askedKinds[one.kind],
      String(one.count),
      String(one.failed),
      String(one.bytes),
    ]),
  ];
}

export function askedCount({ asked }: Report): number {
  return asked.reduce((sum, { count }) => sum + count, 0);
}

function askedLines(report: Report, words: Words): readonly string[] {
  const count = askedCount(report);
  return count === 0
    ? []
    : [`## ${words.report.asked(count)}`, '', ...markdownTable(askedRows(report, words)), ''];
}

type Row = readonly [name: string, value: string | undefined, form?: 'code'];

/** What stands at its head: each with its name; what has no value is left out. */
export function headRows(report: Report, words: Words): readonly Row[] {
  const { head } = words.report;
  const { nacos } = report;
  return [
    [head.by, report.by],
    [head.hosts, report.hosts.join(', ')],
    [head.planned, report.plannedAt],
    [head.last, report.lastAt],
    [head.outcome, outcomeText(report, words)],
    [head.exitCode, report.exitCode?.toString()],
    [head.nacos, `${nacos.product} ${nacos.version}, ${nacos.nodes.join(', ')}, ${nacos.namespace}`],
    [head.profile, nacos.profile],
    [head.user, nacos.username],
    [head.directory, report.workingDirectory, 'code'],
    ...(report.command === undefined ? [] : [[head.once, report.command, 'code'] satisfies Row]),
    ...report.commands.map((command): Row => [head.command, command, 'code']),
    ...batchRows(report, words),
    ...report.minimums.map(({ service, minimum }): Row => [head.minimum, `${service} ${minimum}`]),
    ...(report.zones ?? []).map(
      ({ service, minimum, by }): Row => [head.minimum, words.report.inEachZone(service, minimum, by)],
    ),
  ];
}

/** One at a time says nothing. */
function batchRows({ targets }: Report, { report: say }: Words): readonly Row[] {
  const isOneByOne = new Set(targets.map(({ batch }) => batch)).size === targets.length;
  const zones = zonesInOrder(targets);
  return [
    ...(isOneByOne ? [] : [[say.head.batches, batchSizesText(targets)] satisfies Row]),
    ...(zones.length === 0 ? [] : [[say.head.zones, say.zones(zones)] satisfies Row]),
  ];
}

function headLines(report: Report, words: Words): readonly string[] {
  const { item } = words.report;
  return headRows(report, words).flatMap(([name, value, form]) =>
    value ? [`- ${item(name, form === 'code' ? code(value) : plain(value))}`] : [],
  );
}

/** That a target went ahead of its turn, or was called back. */
export function aheadText({ fact }: ReportedTarget['ahead'][number], { events }: Words): string {
  const saying = events[fact.type] as (fact: object) => string;
  return saying(fact);
}

function targetLines(target: ReportedTarget, words: Words): readonly string[] {
  const say = words.report;
  if (target.steps.length === 0) return [];
  const notes = [
    ...target.drains.flatMap((drain) => [
      // By time alone its length is in the table.
      ...(drain.evidence.length === 0 ? [] : [`- ${drain.beganAt} ${plain(say.drain(drain))}`]),
      ...drain.calledAfter.map((called) => `- ${plain(say.calledAfter(called))}`),
    ]),
    ...target.ahead.map((one) => `- ${one.at} ${plain(aheadText(one, words))}`),
    ...target.exposures.map((one) => `- ${one.at} ${plain(say.exposed(one))}`),
    ...target.warmUpsLeftOut.map((one) => `- ${one.at} ${plain(leftOutText(target, one, words))}`),
    ...target.decisions.map(
      ({ at, decision, by, via }) => `- ${at} ${plain(say.decided(say.decisions[decision], by, via))}`,
    ),
    ...target.changes.map(
      ({ service, what, before, after }) => `- ${plain(`${service}: ${say.changed(what, before, after)}`)}`,
    ),
  ];
  return [
    '',
    `### ${plain(target.name)}`,
    '',
    ...markdownTable([
      [say.timeline.at, say.timeline.step, say.timeline.took, say.timeline.outcome],
      ...target.steps.map((step) => [
        step.beganAt,
        `${say.steps[step.step]}${say.attempt(step.attempt)}`,
        step.ms === undefined ? '' : say.time(step.ms),
        [
          ...(step.result === undefined ? [] : [words.failures.commandResult(step.result)]),
          ...(step.why === undefined ? [] : [words.failures.failure(step.why)]),
        ].reduce(say.item, say.outcomes[step.outcome]),
      ]),
    ]),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ];
}

/** How a target ended or stands, with what failed of it and was not tried again. */
export function resultOf(
  { result, failed, isStanding }: ReportedTarget,
  { report: say, cli }: Words,
): string {
  return say.resultWith(
    isStanding === true ? cli.status.state.rested : say.results[result],
    failed.map((step) => say.steps[step]),
  );
}

/** What was put on without the warm-up that the plan asks for, and why. */
export function leftOutText(
  { name, registrations: all }: ReportedTarget,
  { registrations, why }: ReportedTarget['warmUpsLeftOut'][number],
  { report: say }: Words,
): string {
  const names = registrations.map((index) => all[index]?.instance ?? name);
  return say.notWarmed(names, why);
}

/** `ip:port service` of a registration. */
function instanceName(report: Report, name: string, index: number): string {
  const found = report.targets.find((target) => target.name === name)?.registrations[index];
  return found === undefined ? name : `${found.instance} ${found.service}`;
}

function markdownTable(rows: readonly (readonly string[])[]): readonly string[] {
  const [head = [], ...body] = rows.map((row) => row.map(plain));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)];
}

/** Text that is text in Markdown too. */
function plain(text: string): string {
  return visible(text).replaceAll(/[\\`*_[\]<>|#]/g, '\\$&');
}

function code(text: string): string {
  return `\`${visible(text).replaceAll('`', "'")}\``;
}
