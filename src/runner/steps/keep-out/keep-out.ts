import type { Registration } from '../../../core/plan/plan.ts';
import { nodesOf } from '../../../core/rollout/rollout.ts';
import { type Mark } from '../../../core/rollout/target-state.ts';
import type { Context } from '../../context/context.ts';
import { isNewBeside, lookBeside, registrationOf } from '../../context/joined-beside.ts';
import { noteSpelling } from '../../registry/respell.ts';
import { type NodeReading, shownBy, viewsOf } from '../../context/node-views.ts';
import { isToldOff, toldOnMs } from '../../context/consumers-told.ts';
import { nextCounted } from '../../context/context.ts';
import { type Recount, type Watch, everyMsOf } from './watch.ts';
import { noteSight, noteTold } from './sight.ts';
import { watchOne } from './look.ts';

/** Where every node tells us of it, lists are the net beneath. */
const netMs = 10_000;

/**
 * Watches a target that is off because of us, until the effect is no longer wanted. What shows up enabled goes off
 * again at once; what is away gets its mark renewed, so that it does not come back enabled for even a moment.
 */
export async function keepOut(
  context: Context,
  name: string,
  signal: AbortSignal,
  recount: Recount,
): Promise<void> {
  const server = await context.world.registry.server();
  const watch: Watch = {
    context,
    name,
    signal,
    recount,
    mayRest: server.ok && server.value.traits.remembersMs > 0,
    heldAt: new Map(),
    offAt: new Map(),
    seenMs: new Map(),
    blind: new Map(),
    anewMs: Number.NEGATIVE_INFINITY,
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
    // Who rests does so as long as every node tells us.
    let untoldMs: number | undefined;
    const wake = (): boolean => {
      const nodes = nodesOf(context.rollout());
      if (isResting && !isToldOff(context.told, nodes, registration)) untoldMs ??= clock.monotonic();
      return untoldMs !== undefined || toldOnMs(context.told, nodes, registration, beforeMs) !== undefined;
    };
    const readings = await nextCounted(context, registration, { sinceMs: lookedMs, dueMs, wake }, signal);
    // Until then every node told that it was off.
    const toldMs = isResting
      ? toldOnMs(context.told, nodesOf(context.rollout()), registration, beforeMs)
      : undefined;
    if (toldMs !== undefined) watch.offAt.set(index, toldMs);
    if (isResting) noteTold(watch, index, untoldMs ?? Math.min(dueMs, clock.monotonic()));
    // What was asked before it was read back may show what was so before.
    const isOff = asked === 'off' && markNow() === 'off';
    if (!signal.aborted && isOff) {
      noteSight(watch, index, readings);
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
