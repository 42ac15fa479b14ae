import { withoutOwn } from '../../core/drain/own-requests.ts';
import type { EvidenceReading } from '../../world/world.ts';
import type { CallWatch, Source } from '../context/call-book.ts';
import type { Context } from '../context/context.ts';
import { readCalls } from '../context/read-calls.ts';
import { nodesOf } from '../../core/rollout/rollout.ts';

/** A source that comes and goes is told of so often; what it tells is no proof anyway. */
const mostTold = 5;

/** Has a target's sources of evidence read for as long as it is wanted, and puts down what the journal should know. */
export async function watchCalls(context: Context, name: string, signal: AbortSignal): Promise<void> {
  const { world, calls } = context;
  // They may be read already, since before the lease was held.
  if (!calls.has(name))
    readCalls(world, calls, context.target(name), () => nodesOf(context.rollout()), signal);
  const watch = calls.get(name);
  if (watch === undefined) return;
  const lost = { isLost: new Set<Source>(), toldCount: 0 };
  let isCalledAfter = false;
  const over = Promise.withResolvers<void>();
  watch.heard = (source, reading) => {
    // Who reads is nobody's effect: what cannot be recorded ends this one.
    try {
      tellLost(context, name, source, reading, lost);
      if (!isCalledAfter) isCalledAfter = tellCalledAfter(context, name, watch);
    } catch (error) {
      over.reject(error);
    }
  };
  signal.addEventListener('abort', () => over.resolve(), { once: true });
  if (signal.aborted) over.resolve();
  await over.promise;
  delete watch.heard;
  calls.delete(name);
}

/** Only while it matters: before the disable nothing hangs on it, and a deploy stops what is asked. */
function tellLost(
  context: Context,
  name: string,
  one: Source,
  reading: EvidenceReading,
  lost: { readonly isLost: Set<Source>; toldCount: number },
): void {
  const { step, phase } = context.state(name);
  if (step !== 'drain' || phase !== 'running') return;
  const { source, registration } = one;
  if (reading.kind === 'failed' && !lost.isLost.has(one) && lost.toldCount < mostTold) {
    lost.isLost.add(one);
    lost.toldCount += 1;
    context.record({ type: 'evidence-lost', target: name, source, registration, why: reading.why });
  } else if (reading.kind === 'read' && lost.isLost.delete(one))
    context.record({ type: 'evidence-returned', target: name, source, registration });
}

/** Calls that arrive when the drain is over; once the deploy has stopped the instance, the source is broken. */
function tellCalledAfter(context: Context, name: string, { sources, drain, own = [] }: CallWatch): boolean {
  if (context.state(name).step !== 'deploy' || drain === undefined) return false;
  for (const { source, tally } of sources) {
    const arrived = tally.arrivals.filter(({ toMs }) => toMs > drain.atMs);
    // Connections of ours are left out where they are read.
    const late = tally.unit === 'calls' ? withoutOwn(arrived, own) : arrived;
    const [first] = late;
    if (first === undefined) continue;
    const count = late.reduce((sum, { calls }) => sum + calls, 0);
    const ms = Math.round(first.toMs - drain.atMs);
    context.record({ type: 'called-after-drain', target: name, source, count, ms });
    return true;
  }
  return false;
}
