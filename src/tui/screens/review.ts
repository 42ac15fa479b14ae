import { batchSizesText, zonesInOrder } from '../../core/batches/stage-batches.ts';
import { urlText } from '../../core/text/url-text.ts';
import { occasionKeys } from '../../core/hooks/occasion-key.ts';
import { hookOf, hookSteps } from '../../core/hooks/hook-step.ts';
import { changedText } from '../../core/plan/changed.ts';
import { companionGroups, companionsMax } from '../../core/planning/companion-notes.ts';
import {
  type Check,
  callText,
  mainRegistration,
  rolledNames,
  type Plan,
  type Target,
  watchedSteps,
  grpcText,
} from '../../core/plan/plan.ts';
import { visible } from '../../core/text/visible.ts';
import type { TuiWords } from '../../i18n/en/tui.ts';
import { foldFindings } from '../../runner/review/fold-findings.ts';
import type { Finding } from '../../runner/review/review.ts';
import { cellsOf, clip } from '../../core/text/cells.ts';
import { labelled, paragraph } from '../components/labelled.ts';
import { scrolled } from '../components/scroll.ts';
import { type Line, type Tone, line, span } from '../draw/line.ts';
import type { Model, Reviewed } from '../model/model.ts';
import type { DrawContext, Drawn } from '../components/draw-context.ts';
import type { PlaceNamed } from '../model/place.ts';
import { serviceKey } from '../../core/registry/service.ts';
import { shortName } from '../../core/registry/service-name.ts';

const levels = ['refused', 'warning', 'good'] as const;
const tones: Readonly<Record<Finding['level'], Tone>> = { refused: 'bad', warning: 'warn', good: 'good' };

export function reviewScreen(model: Model, screen: PlaceNamed<'review'>, paint: DrawContext): Drawn {
  const { words, columns, height } = paint;
  const said = words.screens.review;
  const plan = model.reviewed?.plan;
  const names = plan === undefined ? '' : visible(rolledNames(plan).join(', '));
  // Names give way: that nothing was changed is said whole.
  const room = columns - cellsOf(said.title('')) - cellsOf(said.nothingYet) - 4;
  const heading = said.title(clip(names, Math.max(8, room)));
  const title = line(' ', span(heading, 'strong'), span(`  ${said.nothingYet}`, 'dim'));
  return { title, body: scrolled(reviewLines(model, paint), screen.cursor, height, words) };
}

/** What will happen, then what speaks for and against it. */
export function reviewLines({ reviewed }: Model, paint: DrawContext): readonly Line[] {
  if (reviewed === undefined) return [];
  const { words, columns } = paint;
  return [
    ...willHappen(reviewed.review?.plan ?? reviewed.plan, words, columns),
    [],
    ...found(reviewed, paint),
    ...goingWith(reviewed.review?.plan ?? reviewed.plan, paint),
  ];
}

/** Where many go with a target, their names stand below everything that has to be decided. */
function goingWith(plan: Plan, { words, columns }: DrawContext): readonly Line[] {
  return companionGroups(plan).flatMap(({ targets, companions }) => [
    [],
    ...paragraph(visible(words.screens.review.goingWith(targets.join(', '), companions.length)), columns),
    ...companions.flatMap((name) => paragraph(`  ${visible(name)}`, columns, 'dim')),
  ]);
}

/** Where they are many, those of companions that have the same are counted. */
function minimumsText({ minimums, targets, zones = [] }: Plan, words: TuiWords): string {
  const mains = new Set(targets.map((target) => serviceKey(mainRegistration(target))));
  const isNamed = (one: Plan['minimums'][number]): boolean =>
    minimums.length <= companionsMax + 1 || mains.has(serviceKey(one));
  const others = Map.groupBy(
    minimums.filter((one) => !isNamed(one)),
    ({ minimum }) => minimum,
  );
  return [
    ...minimums.filter(isNamed).map((each) => `${shortName(each)} ${each.minimum}`),
    ...[...others].map(([minimum, all]) => words.screens.review.otherMinimums(all.length, minimum)),
    ...zones.map((rule) => words.screens.review.zoneMinimum(shortName(rule), rule.minimum)),
  ].join(', ');
}

function willHappen(plan: Plan, words: TuiWords, columns: number): readonly Line[] {
  const said = words.screens.review;
  const space = { columns, label: 10 };
  const { targets } = plan;
  const batches = new Set(targets.map(({ batch }) => batch)).size;
  const zones = zonesInOrder(targets);
  // One at a time says nothing new, but where zones may have made it so.
  const sizes = batches === targets.length && zones.length === 0 ? '' : batchSizesText(targets);
  const registrations = Math.max(...targets.map((target) => target.registrations.length));
  const distinct = (of: (target: Target) => string): readonly string[] => [...new Set(targets.map(of))];
  const drains = distinct(({ drain }) => said.drain(words.time(drain.ms), drain));
  const deploys = distinct(({ deploy }) => said.deploy(deploy));
  const minimums = minimumsText(plan, words);
  const draining = [...Map.groupBy(targets, ({ batch }) => batch).values()]
    .map((batch) => Math.max(...batch.map(({ drain }) => drain.ms)))
    .reduce((sum, ms) => sum + ms, 0);
  const isByEvidence = targets.some(({ drain }) => drain.watch !== undefined);
  const overridden = plan.overrides.length === 0 ? '' : ` ${said.overridden(plan.overrides.join(', '))}`;
  return [
    ...paragraph(
      `${said.targets(targets.length, batches, sizes, registrations, watchedSteps(plan))} ${said.drainsAlone(words.time(draining), isByEvidence)}`,
      columns,
    ),
    ...labelled(said.labels.order, visible(orderText(targets)), space),
    ...(zones.length === 0 ? [] : labelled(said.labels.zones, visible(said.zones(zones)), space)),
    ...(plan.gates ?? []).flatMap((gate) => paragraph(visible(words.gates.planned(gate)), columns)),
    ...drains.flatMap((text) => labelled(said.labels.drain, text, space)),
    ...(targets.some(({ drainAhead }) => drainAhead === true)
      ? labelled(said.labels.drainAhead, said.drainAhead, space)
      : []),
    ...deploys.flatMap((text) => labelled(said.labels.deploy, visible(text), space)),
    ...hookTexts(plan, words).flatMap((text) => labelled(said.labels.hook, visible(text), space)),
    ...distinct(({ leave, back }) =>
      [leave && said.leave(callText(leave.call), leave.isInstead), back && said.back(callText(back))]
        .filter((text) => text !== undefined)
        .join(' · '),
    )
      .filter((text) => text !== '')
      .flatMap((text) => labelled(said.labels.leave, visible(text), space)),
    ...distinct((target) => checkText(target, words)).flatMap((text) =>
      labelled(said.labels.check, visible(text), space),
    ),
    ...distinct((target) => warmUpText(target, words))
      .filter((text) => text !== '')
      .flatMap((text) => labelled(said.labels.warmUp, visible(text), space)),
    ...distinct((target) => soakText(target, words))
      .filter((text) => text !== '')
      .flatMap((text) => labelled(said.labels.soak, visible(text), space)),
    ...labelled(said.labels.minimum, visible(minimums + overridden), space),
    ...(plan.notify?.to ?? []).flatMap(({ name, on }) =>
      labelled(said.labels.notify, `${name}: ${on.join(', ')}`, space),
    ),
  ];
}

/** Those of a batch with a plus between. */
function orderText(targets: readonly Target[]): string {
  return [...Map.groupBy(targets, ({ batch }) => batch).values()]
    .map((ofBatch) => ofBatch.map(({ name }) => name).join(' + '))
    .join(' → ');
}

function hookTexts({ targets, on }: Plan, { screens }: TuiWords): readonly string[] {
  const texts = targets.flatMap((target) =>
    hookSteps.flatMap((step) => {
      const hook = hookOf(target, step);
      return hook === undefined ? [] : [screens.review.hook(step, hook)];
    }),
  );
  const occasions = occasionKeys.flatMap((key) =>
    on?.[key] === undefined ? [] : [screens.review.on(key, on[key])],
  );
  return [...new Set(texts), ...occasions];
}

function checkText({ check }: Target, words: TuiWords): string {
  const { checks, within } = words.screens.review;
  const changed = check.changed && words.screens.review.changed(changedText(check.changed), check.changed.to);
  const end = `${changed ?? ''}${within(words.time(check.withinMs))}`;
  switch (check.kind) {
    case 'http':
      return `${checks.http(urlText(check.url), check.successes)}${end}`;
    case 'tcp':
      return `${checks.tcp(check.successes)}${end}`;
    case 'command':
      return `${checks.command(check.run, check.successes)}${end}`;
    case 'actuator':
      return `${checks.actuator(urlText(check.url), check.successes)}${end}`;
    case 'grpc':
      return `${checks.grpc(grpcText(check), check.successes)}${end}`;
    case 'registration':
      return `${checks.registration()}${end}`;
  }
}

function warmUpText({ warmUp }: Target, words: TuiWords): string {
  if (warmUp === undefined) return '';
  const { ms, percents, check } = warmUp;
  return words.screens.review.warmUp(words.time(ms), percents, check && nameOf(check));
}

function soakText({ soak }: Target, words: TuiWords): string {
  return soak === undefined
    ? ''
    : words.screens.review.soak(words.time(soak.ms), soak.check && nameOf(soak.check));
}

function nameOf(check: Check): string {
  switch (check.kind) {
    case 'http':
    case 'actuator':
      return urlText(check.url);
    case 'grpc':
      return grpcText(check);
    case 'command':
      return check.run;
    case 'tcp':
      return 'TCP';
    case 'registration':
      return 'Nacos';
  }
}

/** What speaks against it first. */
function found({ review, notes }: Reviewed, { words, glyphs, columns }: DrawContext): readonly Line[] {
  // Who is off already the review says too, and who did it.
  const kept = notes.filter(({ kind }) => review === undefined || kind !== 'already-off');
  const noted = kept.map((note) => ({
    level: 'warning' as const,
    text: words.failures.planNote(note),
  }));
  const findings = foldFindings(review?.findings ?? []).map(({ finding, others }) => ({
    level: finding.level,
    text: `${words.failures.finding(finding)}${others === 0 ? '' : ` ${words.screens.review.sameOf(others)}`}`,
  }));
  const all = [...noted, ...findings].toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
  const lines = all.flatMap(({ level, text }) =>
    paragraph(`${glyphs.finding[level]} ${visible(text)}`, columns, tones[level]),
  );
  const looking = paragraph(words.screens.review.looking, columns, 'busy');
  return review === undefined ? [...lines, ...looking] : lines;
}
