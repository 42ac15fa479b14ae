import { batchSizesText, zonesInOrder } from '../../core/batches/stage-batches.ts';
import { occasionKeys } from '../../core/hooks/occasion-key.ts';
import { hookOf, hookSteps } from '../../core/hooks/hook-step.ts';
import { changedText } from '../../core/plan/changed.ts';
import { companionGroups, companionsMax } from '../../core/planning/companion-notes.ts';
import {
  type Check,
  type Plan,
  type Target,
  callText,
  touchedServices,
  watchedSteps,
  grpcText,
} from '../../core/plan/plan.ts';
import { zonesText } from '../../core/batches/zones.ts';
import { urlText } from '../../core/text/url-text.ts';
import { endpointText } from '../../core/registry/service.ts';
import type { PlanNote } from '../../core/plan/plan-problem.ts';
import type { Words } from '../../i18n/words.ts';
import { foldFindings } from '../../runner/review/fold-findings.ts';
import type { Review } from '../../runner/review/review.ts';
import { shortName } from '../../core/registry/service-name.ts';

/** What will happen, and what the review found, in words. */
export function reviewText(plan: Plan, review: Review, words: Words): readonly string[] {
  const [first] = plan.targets;
  if (first === undefined) return [];
  const { plan: say, cli } = words;
  const marks = cli.review;
  return [
    marks.head(plan.targets.length),
    ...plan.targets.map((target) => say.target(target.name, goingTogether(target, words))),
    ...companionGroups(plan).flatMap(({ targets, companions }) => [
      say.goingWith(targets.join(', '), companions.length),
      ...companions.map((name) => `  ${name}`),
    ]),
    say.steps(plan.targets.length, watchedSteps(plan)),
    ...batchTexts(plan, words),
    ...(plan.gates ?? []).map((gate) => words.gates.planned(gate)),
    ...unique(plan.targets.map((target) => say.drain(target.drain))),
    ...unique(plan.targets.map((target) => say.deploy(target.deploy))),
    ...unique(
      plan.targets.flatMap((target) =>
        hookSteps.flatMap((step) => {
          const hook = hookOf(target, step);
          return hook === undefined ? [] : [say.hook(step, hook)];
        }),
      ),
    ),
    ...unique(
      plan.targets.flatMap(({ leave }) => (leave ? say.leave(callText(leave.call), leave.isInstead) : [])),
    ),
    ...unique(plan.targets.flatMap(({ back }) => (back ? say.back(callText(back)) : []))),
    ...unique(plan.targets.map((target) => checkText(target.check, words))),
    ...unique(
      plan.targets.flatMap(({ warmUp }) =>
        warmUp ? say.warmUp(warmUp.ms, warmUp.percents, warmUp.check && checkedText(warmUp.check, say)) : [],
      ),
    ),
    ...unique(
      plan.targets.flatMap(({ soak }) =>
        soak ? say.soak(soak.ms, soak.check && checkedText(soak.check, say)) : [],
      ),
    ),
    ...(plan.targets.some(({ drainAhead }) => drainAhead === true) ? [say.drainAhead] : []),
    ...minimumTexts(plan, words),
    ...(plan.zones ?? []).map((rule) => say.zoneMinimum(shortName(rule), rule.minimum, zonesText(rule))),
    ...occasionKeys.flatMap((key) => (plan.on?.[key] ? [say.on(key, plan.on[key])] : [])),
    ...limitTexts(plan, words),
    ...(plan.notify?.to ?? []).map(({ name, on }) => say.notify(name, on)),
    ...plan.overrides.map((service) => say.override(service)),
    ...foldFindings(review.findings).map(
      ({ finding, others }) =>
        `${marks[finding.level]} ${words.failures.finding(finding)}${others === 0 ? '' : ` ${say.sameOf(others)}`}`,
    ),
  ];
}

/** When it stops by itself. */
function limitTexts({ maxFailures, deadline }: Plan, { plan: say }: Words): readonly string[] {
  return [
    ...(maxFailures === undefined ? [] : [say.maxFailures(maxFailures)]),
    ...(deadline === undefined ? [] : [say.deadline(deadline)]),
  ];
}

/** Many are counted here, and named below. */
function goingTogether({ registrations }: Target, { plan: say }: Words): string {
  const [main, ...companions] = registrations;
  if (main === undefined) return '';
  const named = companions.map((one) => `${shortName(one)} ${endpointText(one)}`);
  const others = companions.length > companionsMax ? [say.companions(companions.length)] : named;
  return [shortName(main), ...others].join(' + ');
}

/** One at a time says nothing new, but where zones may have made it so. */
function batchTexts({ targets }: Plan, { plan: say }: Words): readonly string[] {
  const isOneByOne = new Set(targets.map(({ batch }) => batch)).size === targets.length;
  const inOrder = zonesInOrder(targets);
  return [
    ...(isOneByOne && inOrder.length === 0 ? [] : [say.batches(batchSizesText(targets))]),
    ...(inOrder.length === 0 ? [] : [say.zones(inOrder)]),
  ];
}

/** A line a service; where they are many, a line a minimum. */
function minimumTexts({ minimums }: Plan, { plan: say }: Words): readonly string[] {
  if (minimums.length <= companionsMax + 1)
    return minimums.map((each) => say.minimum(shortName(each), each.minimum));
  return [...Map.groupBy(minimums, ({ minimum }) => minimum)].map(([minimum, services]) =>
    say.minimum(services.map(shortName).join(', '), minimum),
  );
}

/** How what was typed was taken. Who is off already is for the review to say. */
export function noteTexts(notes: readonly PlanNote[], words: Words): readonly string[] {
  return notes.filter(({ kind }) => kind !== 'already-off').map((note) => words.failures.planNote(note));
}

/** The services of a plan by name, each once. */
export function serviceNames(plan: Plan): string {
  return unique(touchedServices(plan).map(shortName)).join(', ');
}

function checkText(check: Check, { plan: say }: Words): string {
  const changed = check.changed && say.changedCheck(changedText(check.changed), check.changed.to);
  const what = [checkedText(check, say), changed].filter((text) => text !== undefined).join(' + ');
  return say.check(what, check.successes, check.withinMs);
}

function checkedText(check: Check, say: Words['plan']): string {
  switch (check.kind) {
    case 'http':
      return `GET ${urlText(check.url)}`;
    case 'tcp':
      return 'TCP ip:port';
    case 'command':
      return check.run;
    case 'actuator':
      return `${urlText(check.url)} UP`;
    case 'grpc':
      return grpcText(check);
    case 'registration':
      return say.registrationCheck;
  }
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
