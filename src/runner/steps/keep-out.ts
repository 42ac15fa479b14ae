import type { Registration } from '../../core/plan/plan.ts';
import { type Mark, nodesOf } from '../../core/rollout/rollout.ts';
import { setEnabled } from '../registry/set-enabled.ts';
import { writeOnce } from '../registry/write-once.ts';
import type { Context } from '../context/context.ts';
import { isNewBeside, lookBeside, registrationOf } from '../context/joined-beside.ts';
import { isGivenOtherwise, noteSpelling } from '../registry/respell.ts';
import { isShownEverywhere } from '../registry/read-back.ts';
import {
  type NodeReading,
  type NodeView,
  mayBeCalled,
  shownBy,
  twinsToSpare,
  viewsOf,
} from '../context/node-views.ts';
import { isToldOff, toldOnMs } from '../context/consumers-told.ts';
import { nextCounted } from '../context/context.ts';
import { pacedMs } from '../context/paced.ts';
import { type FactOf } from '../../core/rollout/event.ts';
import { type Instance, isSameEndpoint } from '../../core/registry/service.ts';

const pollMs = 1000;
/** Where every node tells us of it, lists are the net beneath. */
const netMs = 10_000;
/** Nacos forgets `enabled=false` 60-65 s after a registration ended; a mark written at least this often is there when it comes back (src/nacos/README.md, Memory). */
const holdEveryMs = 2000;
/** A list may show this late what was so before we took it off (src/nacos/README.md, Registering: 1.1 s on three members). */
const lateListMs = 3000;
/** Without a look at it for so long, it may have been on well before it is seen on. */
const unwatchedMs = 5000;

/**
 * Watches a target that is off because of us, until the effect is no longer wanted. What shows up enabled goes off
 * again at once; what is away gets its mark renewed, so that it does not come back enabled for even a moment.
 */
export async function keepOut(context: Context, name: string, signal: AbortSignal): Promise<void> {
  const server = await context.world.registry.server();
  const watch: Watch = {
    context,
    name,
    signal,
    mayRest: server.ok && server.value.traits.remembersMs > 0,
    heldAt: new Map(),
    offAt: new Map(),
    exposed: new Map(),
    endedAt: new Map(),
    listedBefore: new Map(),
  };
  // One that does not go off holds up no other.
  const { registrations, foundBy } = context.target(name);
  await Promise.all([
    ...registrations.map((_, index) => keepOneOut(watch, index)),
    ...(foundBy === undefined ? [] : [keepNewcomersOut(watch)]),
  ]);
}

/** Of what a new version registers beside, as the plan looks for it, each is the target's from then on. */
async function keepNewcomersOut(watch: Watch): Promise<void> {
  const { context, name, signal } = watch;
  const look = lookBeside(context, name);
  while (!signal.aborted) {
    const found = await look(signal);
    const { step, phase } = context.state(name);
    // What is about to come on was proven well as it is.
    if (signal.aborted || (step === 'enable' && (phase === 'ready' || phase === 'running'))) return;
    const joined = found.filter((one) => isNewBeside(context, name, one));
    if (joined.length > 0) {
      const first = context.target(name).registrations.length;
      context.record({ type: 'joined', target: name, registrations: joined.map(registrationOf) });
      const kept = joined.map((_, at) => keepOneOut(watch, first + at));
      await Promise.all([...kept, keepNewcomersOut(watch)]);
      return;
    }
  }
}

async function keepOneOut(watch: Watch, index: number): Promise<void> {
  const { context, name, signal } = watch;
  const { clock } = context.world;
  // What was read back a moment ago need not be read at once.
  let lookedMs = context.reads.recent(context.target(name).registrations.length).afterMs;
  let dueMs = clock.monotonic();
  let isFirst = true;
  let isResting = false;
  const markNow = (): Mark | undefined => context.state(name).registrations[index]?.mark;
  while (!signal.aborted) {
    const registration = context.target(name).registrations[index];
    if (registration === undefined) return;
    const asked = markNow();
    const beforeMs = lookedMs;
    if (!isFirst) lookedMs = clock.monotonic();
    isFirst = false;
    const wake = (): boolean =>
      toldOnMs(context.told, nodesOf(context.rollout()), registration, beforeMs) !== undefined;
    const readings = await nextCounted(context, registration, { sinceMs: lookedMs, dueMs, wake }, signal);
    // Until then every node told that it was off.
    const toldMs = isResting
      ? toldOnMs(context.told, nodesOf(context.rollout()), registration, beforeMs)
      : undefined;
    if (toldMs !== undefined) watch.offAt.set(index, toldMs);
    // What was asked before it was read back may show what was so before.
    const isOff = asked === 'off' && markNow() === 'off';
    if (!signal.aborted && isOff) {
      noteSpelling(context, name, index, readings);
      await watchOne(watch, index, context.target(name).registrations[index] ?? registration, readings);
    }
    isResting = mayRestNow(watch, registration, readings);
    dueMs = clock.monotonic() + (isResting ? Math.max(netMs, everyMsOf(watch)) : everyMsOf(watch));
  }
}

/** Whether lists need hardly be asked, as somebody would be told that it is on. What is away is marked, and asked for often. */
function mayRestNow(
  { context, name, mayRest }: Watch,
  registration: Registration,
  readings: readonly NodeReading[],
): boolean {
  const { step, phase } = context.state(name);
  // A command may have it leave and come back within seconds, which shows in no list of consumers.
  const isLeftAlone = step === 'drain' || phase !== 'running';
  const nodes = nodesOf(context.rollout());
  const views = viewsOf(readings, registration);
  const isStill =
    views.length === nodes.length &&
    views.every((view) => shownBy(view, registration) === 'off') &&
    isToldOff(context.told, nodes, registration);
  return mayRest && isLeftAlone && isStill;
}

type Watch = {
  readonly context: Context;
  readonly name: string;
  readonly signal: AbortSignal;
  /** Who was away for a moment is still off: the server remembers it. */
  readonly mayRest: boolean;
  readonly heldAt: Map<number, number>;
  /** When a look last showed it off, or gone. */
  readonly offAt: Map<number, number>;
  /** Since when it was seen on; `isAtLeast`: it may have been on before. */
  readonly exposed: Map<number, { readonly atMs: number; readonly isAtLeast: boolean }>;
  /** When its last exposure was over. */
  readonly endedAt: Map<number, number>;
  /** What each node listed at its address when it last answered. */
  readonly listedBefore: Map<number, ReadonlyMap<string, ReadonlySet<string>>>;
};

async function watchOne(
  watch: Watch,
  index: number,
  registration: Registration,
  readings: readonly NodeReading[],
): Promise<void> {
  const { context, name } = watch;
  const views = viewsOf(readings, registration);
  const showing = views.filter((view) => mayBeCalled(view, registration));
  // Consumers may be told of it in another spelling before a list shows it so: then it was away in between.
  const isRespelled = showing.some((view) => isGivenOtherwise(view, registration));
  const hasArrived = isRespelled || isNewlyOn(watch, index, registration, views);
  const isAway = context.state(name).registrations[index]?.isAway === true;
  if (showing.length > 0)
    return takeOffAgain(watch, index, {
      wasAway: hasArrived || isAway,
      sources: showing.map((view) => view.node),
      twins: twinsToSpare(readings, registration, false),
    });
  if (views.length > 0) watch.offAt.set(index, context.world.clock.monotonic());
  // Taken off by a runner before us, or by somebody else.
  const isExposed = context.state(name).registrations[index]?.isExposed === true;
  if (isExposed && isShownEverywhere(readings, registration, nodesOf(context.rollout()), false))
    endExposure(watch, index);
  const isAbsent = views.length > 0 && views.every((view) => shownBy(view, registration) === 'absent');
  if (isAbsent && !isAway) context.record({ type: 'went-away', target: name, registration: index });
  if (isAbsent) return hold(watch, index, registration);
  if (isAway && views.some((view) => shownBy(view, registration) === 'off')) {
    watch.heldAt.delete(index);
    context.record({ type: 'came-back', target: name, registration: index, isEnabled: false });
  }
}

/**
 * Whether each node that shows it on did not list it before: a second registration of the address, or one that came back
 * and reaches the lists of one node later than those of another. Nobody has clicked on it.
 */
function isNewlyOn(
  { listedBefore }: Watch,
  index: number,
  registration: Registration,
  views: readonly NodeView[],
): boolean {
  const before = listedBefore.get(index);
  const listed = new Map(before);
  const on: boolean[] = [];
  for (const { node, instances } of views) {
    const there = instances.filter((one) => isSameEndpoint(one, registration));
    listed.set(node, new Set(there.map(placeOf)));
    for (const one of there) if (one.enabled) on.push(before?.get(node)?.has(placeOf(one)) ?? true);
  }
  listedBefore.set(index, listed);
  return before !== undefined && on.length > 0 && on.every((wasListed) => !wasListed);
}

function placeOf({ cluster, ip }: Instance): string {
  return `${cluster} ${ip}`;
}

type Exposure = Pick<FactOf<'exposed'>, 'wasAway' | 'sources' | 'twins'>;

async function takeOffAgain(watch: Watch, index: number, exposure: Exposure): Promise<void> {
  const { context, name, signal } = watch;
  const { clock } = context.world;
  const state = context.state(name).registrations[index];
  // Still on, because the last attempt at taking it off failed: that is no second time.
  if (state?.isExposed !== true || !watch.exposed.has(index))
    watch.exposed.set(index, {
      atMs: clock.monotonic(),
      isAtLeast: state?.isExposed === true || wasUnwatched(watch, index),
    });
  const isSaid = exposure.twins === undefined || context.state(name).failure?.why.kind === 'registered-twice';
  if (state?.isExposed !== true || !isSaid) noteExposure(watch, index, exposure);
  // No write leaves them as they are: a person is asked.
  if (exposure.twins !== undefined) return;
  // The second time without having been away, a person wants it on: then this effect is no longer wanted.
  if (signal.aborted) return;
  const wish = { target: name, registration: index, enabled: false, purpose: 'keep-out' } as const;
  const failure = await setEnabled(context, wish, signal);
  if (failure === undefined && !signal.aborted) endExposure(watch, index);
}

/** A runner that takes over, or that no server node answered for a while, cannot tell since when it is on. */
function wasUnwatched(watch: Watch, index: number): boolean {
  const nowMs = watch.context.world.clock.monotonic();
  const offAt = watch.offAt.get(index) ?? Number.NEGATIVE_INFINITY;
  return nowMs - offAt > unwatchedMs + everyMsOf(watch);
}

/** Many registrations are looked at more seldom. */
function everyMsOf({ context, name }: Watch): number {
  return pacedMs(pollMs, context.target(name).registrations.length);
}

function noteExposure(watch: Watch, index: number, { wasAway, sources, twins }: Exposure): void {
  const { context, name, endedAt } = watch;
  const endedMs = endedAt.get(index) ?? Number.NEGATIVE_INFINITY;
  const isLate = !wasAway && context.world.clock.monotonic() - endedMs < lateListMs;
  if (wasAway) context.record({ type: 'came-back', target: name, registration: index, isEnabled: true });
  context.record({
    type: 'exposed',
    target: name,
    registration: index,
    wasAway,
    sources: [...sources],
    ...(isLate && { isLate }),
    ...(twins && { twins: [...twins] }),
  });
}

function endExposure(watch: Watch, index: number): void {
  const { context, name, exposed } = watch;
  const nowMs = context.world.clock.monotonic();
  watch.endedAt.set(index, nowMs);
  const { atMs, isAtLeast } = exposed.get(index) ?? { atMs: nowMs, isAtLeast: true };
  const ms = Math.round(nowMs - atMs);
  context.record({
    type: 'exposure-ended',
    target: name,
    registration: index,
    ms,
    ...(isAtLeast && { isAtLeast }),
  });
}

async function hold(watch: Watch, index: number, registration: Registration): Promise<void> {
  const { context, name, signal } = watch;
  const { clock, registry } = context.world;
  const server = await registry.server();
  if (!server.ok || !server.value.traits.mayMarkAbsent) return;
  const last = watch.heldAt.get(index);
  if (last !== undefined && clock.monotonic() - last < holdEveryMs) return;
  await context.exclusive(registration, async () => {
    // It may have come back under another address meanwhile, and is to be looked at first.
    const isSame = context.target(name).registrations[index] === registration;
    const wish = { target: name, registration: index, enabled: false, purpose: 'hold-absent' } as const;
    if (!signal.aborted && isSame) await writeOnce(context, wish, undefined);
  });
  watch.heldAt.set(index, clock.monotonic());
}
