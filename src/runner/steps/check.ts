import type { Failure, Reading } from '../../core/event/failure.ts';
import { unreadOf } from '../../core/registry/listed.ts';
import { type Registration, type Target, mainRegistration } from '../../core/plan/plan.ts';
import { endpointText, isSameEndpoint, isSameMetadata } from '../../core/registry/service.ts';
import { pacedMs } from '../context/paced.ts';
import type { Context } from '../context/context.ts';
import { isMatching, newcomers } from './identify.ts';
import { createDeadline } from '../context/deadline.ts';
import { isFoundByRule } from '../context/joined-beside.ts';
import { isAbsentEverywhere, isItsOwn, mayHaveMoved } from '../registry/read-back.ts';
import { nodesOf } from '../../core/rollout/rollout.ts';
import { type NodeReading, firstError, unreadAt, viewsOf } from '../context/node-views.ts';
import { readCounted } from '../context/context.ts';
import { twinsAt } from '../../core/registry/twins.ts';

const intervalMs = 1000;
/** Its own registration may still come; after this long there is somebody to be asked. */
const strangerMs = 15_000;
/** Some of its registrations may come after the others; then it does without them. */
const lateMs = 20_000;
/** A machine that was told to restart may answer for so long before it goes; then it is taken for one that was not. */
const stillUpMs = 90_000;
/** A killed client stays healthy for 15-20 s and listed for 31 s (src/nacos/README.md, Memory): without a probe, longer than that. */
const steadyMs = 35_000;

/** Registered and healthy in Nacos, and a probe good n times in a row, before the deadline. */
export async function check(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.world;
  const { check: wanted } = context.target(name);
  const began = clock.monotonic();
  context.record({ type: 'check-began', target: name, attempt });
  let streak = 0;
  let steadySince: number | undefined;
  let isOtherMetadata = false;
  let missingSince: number | undefined;
  let why: Failure = { kind: 'check', reading: { kind: 'not-registered' }, afterMs: wanted.withinMs };
  const patience = createDeadline(context, wanted.withinMs);
  let strangeSince: number | undefined;
  while (!patience.isOver()) {
    const target = context.target(name);
    const measured = await measure(context, target, signal, (index) => mayDoWithout(target, index));
    if (signal.aborted) return;
    // Looked up and recorded at once: of two targets that look for theirs only one gets it.
    const strangers = newcomers(context, target, measured.readings);
    const newcomer = strangers.find((one) => isMatching(target, one) && !isTwice(one, measured.readings));
    if (target.anyNew !== undefined && newcomer !== undefined) {
      context.record({ type: 'identified', target: name, registrations: [...newcomer], by: 'nobody' });
      continue;
    }
    strangeSince = strangers.length === 0 ? undefined : (strangeSince ?? clock.monotonic());
    if (strangeSince !== undefined && clock.monotonic() - strangeSince >= strangerMs) {
      why = somebodyElse(target, strangers, measured.readings);
      break;
    }
    isOtherMetadata ||= measured.isOtherMetadata;
    const isWell = measured.failure === undefined;
    const missing = isWell ? measured.missing : [];
    missingSince = missing.length === 0 ? undefined : (missingSince ?? clock.monotonic());
    const isLate = missingSince !== undefined && clock.monotonic() - missingSince < lateMs;
    if (missing.length > 0 && !isLate)
      context.record({ type: 'dropped', target: name, registrations: missing });
    if (isLate) why = { kind: 'check', reading: { kind: 'not-registered' }, afterMs: wanted.withinMs };
    const mayYetGo = clock.monotonic() - began < stillUpMs && mayGo(context, target);
    const isGood = isWell && !isLate && !mayYetGo;
    streak = isGood ? streak + 1 : 0;
    steadySince = isGood ? (steadySince ?? clock.monotonic()) : undefined;
    if (measured.failure !== undefined) why = measured.failure;
    if (isEnough(target, streak, steadySince === undefined ? 0 : clock.monotonic() - steadySince)) {
      const isRestarted = isOtherMetadata || context.state(name).registrations.some((state) => state.wasAway);
      const ms = Math.round(clock.monotonic() - began);
      return context.record({ type: 'check-passed', target: name, attempt, ms, isRestarted });
    }
    await clock.sleep(pacedMs(intervalMs, context.target(name).registrations.length), signal);
    if (signal.aborted) return;
  }
  const ms = Math.round(clock.monotonic() - began);
  context.record({ type: 'step-failed', target: name, step: 'check', attempt, ms, why });
}

/** Whether anything of a machine was not seen to go since its command began: what answers now may be what was there before. */
function mayGo(context: Context, { isMachine, name }: Target): boolean {
  return isMachine === true && context.state(name).registrations.some(({ wasAway }) => !wasAway);
}

function mayDoWithout(target: Target, index: number): boolean {
  const registration = target.registrations[index];
  return registration !== undefined && target.isMachine !== true && isFoundByRule(target, registration);
}

function isEnough(target: Target, streak: number, steadyForMs: number): boolean {
  return target.check.kind === 'registration' ? steadyForMs >= steadyMs : streak >= target.check.successes;
}

/** Of what is registered twice nobody knows which it is, nor can it be put on as it is. */
function isTwice(newcomer: readonly Registration[], readings: readonly NodeReading[]): boolean {
  return newcomer.some((one) =>
    viewsOf(readings, one).some((view) => twinsAt(view.instances, one).length > 0),
  );
}

function somebodyElse(
  target: Target,
  newcomers: readonly (readonly Registration[])[],
  readings: readonly NodeReading[],
): Failure {
  const [found, ...others] = newcomers;
  return {
    kind: 'somebody-else',
    instance: endpointText(mainRegistration(target)),
    candidates: newcomers.flatMap(([main]) => (main === undefined ? [] : [endpointText(main)])),
    ...(found !== undefined && others.length === 0 && !isTwice(found, readings) && { found }),
  };
}

/** What one look at a target found; `failure`: why it is not well, of its registrations or its probe. */
export type Measured = {
  readonly failure: Failure | undefined;
  readonly isOtherMetadata: boolean;
  /** Registrations that are nowhere, and need not be; not those that were told already. */
  readonly missing: readonly number[];
  readonly readings: readonly NodeReading[];
};

export async function measure(
  context: Context,
  target: Target,
  signal: AbortSignal,
  mayBeMissing: (index: number) => boolean = () => false,
): Promise<Measured> {
  const readings = await readCounted(context, target.registrations, signal);
  const error = firstError(readings);
  if (error !== undefined)
    return { failure: { kind: 'registry', error }, isOtherMetadata: false, missing: [], readings: [] };
  // It registers when it is called back, which is proven before it is enabled.
  const state = context.state(target.name);
  const mayBeAbsent = target.back !== undefined && state.hasLeft;
  let isOtherMetadata = false;
  let worst: Reading | undefined;
  const missing: number[] = [];
  const nodes = nodesOf(context.rollout());
  for (const [index, registration] of target.registrations.entries()) {
    const isDropped = state.registrations[index]?.isDropped === true;
    const isNeedless = isDropped || (!mayBeAbsent && mayBeMissing(index));
    if (isNeedless && isAbsentEverywhere(readings, registration, nodes)) {
      if (!isDropped) missing.push(index);
      continue;
    }
    for (const view of viewsOf(readings, registration)) {
      // An old registration of it may be listed beside the new one for a while.
      const listed = view.instances.filter((instance) => isSameEndpoint(instance, registration));
      const isThere = state.hasLeft
        ? listed.some((one) => isItsOwn(one, registration, mayHaveMoved(context, target.name, registration)))
        : listed.length > 0;
      const record = unreadAt(view, registration);
      if (record !== undefined) worst = { kind: 'unreadable', ...unreadOf(record) };
      else if (!isThere) worst = mayBeAbsent ? worst : { kind: 'not-registered' };
      else if (listed.some(({ healthy }) => !healthy)) worst ??= { kind: 'unhealthy' };
      isOtherMetadata ||= listed.some(({ metadata }) => !isSameMetadata(metadata, registration.metadata));
    }
  }
  const reading = worst ?? (await probed(context, target, asListed(target, readings), signal));
  const afterMs = target.check.withinMs;
  return {
    failure: reading.kind === 'good' ? undefined : { kind: 'check', reading, afterMs },
    isOtherMetadata,
    missing,
    readings,
  };
}

async function probed(
  context: Context,
  target: Target,
  listed: Registration,
  signal: AbortSignal,
): Promise<Reading> {
  const { course, valueBefore } = context.state(target.name);
  const isProven = target.check.changed !== undefined && course === 'forward';
  if (target.check.kind === 'registration' && !isProven) return { kind: 'good', ms: 0 };
  return context.world.probe(target.check, listed, signal, isProven ? { before: valueBefore } : undefined);
}

/** With the metadata of now: that of before, where a node still shows it. */
function asListed(target: Target, readings: readonly NodeReading[]): Registration {
  const main = mainRegistration(target);
  const all = viewsOf(readings, main)
    .flatMap(({ instances }) => instances.filter((instance) => isSameEndpoint(instance, main)))
    .map(({ metadata }) => metadata);
  const metadata = all.find((one) => isSameMetadata(one, main.metadata)) ?? all[0];
  return metadata === undefined ? main : { ...main, metadata };
}
