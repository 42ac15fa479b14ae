import { planOf, nodesOf } from '../../core/rollout/rollout.ts';
import type { Registration } from '../../core/plan/plan.ts';
import type { Context } from '../context/context.ts';
import { errorsByNode } from '../context/node-watch.ts';
import { type NodeReading, shownBy, viewsOf } from '../context/node-views.ts';
import { readCounted } from '../context/context.ts';

const pollMs = 1000;
/** Nobody can be asked: after this long the other nodes may do, if they are a majority and agree. */
const dropAfterMs = 30_000;
/** No drain is much shorter: what one that answers again still gives to consumers is seen before the deploy. */
const askDroppedEveryMs = 5000;

/** Looks until every node that counts answers for every touched service; then the rollout goes on. */
export async function awaitRegistry(context: Context, signal: AbortSignal): Promise<void> {
  const { clock } = context.world;
  const { rollout } = context;
  const registrations = planOf(rollout()).targets.flatMap((target) => target.registrations);
  const lostAt = new Map<string, number>();
  while (!signal.aborted) {
    const readings = await readCounted(context, registrations, signal);
    if (signal.aborted) return;
    const errors = errorsByNode(readings);
    for (const node of rollout().lostNodes) {
      if (!lostAt.has(node)) lostAt.set(node, clock.monotonic());
      if (errors.get(node) === undefined) context.record({ type: 'node-returned', node });
      else if (mayDrop(context, clock.monotonic() - (lostAt.get(node) ?? 0), readings, registrations))
        context.record({ type: 'node-dropped', node, by: 'nobody' });
    }
    for (const node of lostAt.keys()) if (!rollout().lostNodes.includes(node)) lostAt.delete(node);
    const isAnswering = nodesOf(rollout()).every((node) => errors.get(node) === undefined);
    const { paused, lostNodes } = rollout();
    if (isAnswering && paused?.why === 'registry-lost') context.record({ type: 'continued', by: 'nobody' });
    // Continued by another hand, or by the lease: still nothing begins.
    if (lostNodes.length > 0 && paused === undefined)
      context.record({ type: 'paused', by: 'nobody', why: 'registry-lost' });
    if (signal.aborted || (isAnswering && lostNodes.length === 0)) return;
    await clock.sleep(pollMs, signal);
  }
}

/** One that was dropped counts again as soon as it answers. */
export async function awaitDropped(context: Context, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && context.rollout().droppedNodes.length > 0) {
    await askDropped(context, signal);
    if (context.rollout().droppedNodes.length > 0) await context.world.clock.sleep(askDroppedEveryMs, signal);
  }
}

/** Whether any of them answers again for every touched service. */
export async function askDropped(context: Context, signal: AbortSignal): Promise<void> {
  const { reads, rollout, noteAnswers, record } = context;
  const registrations = planOf(rollout()).targets.flatMap((target) => target.registrations);
  const readings = await reads.read(rollout().droppedNodes, registrations, undefined, signal);
  if (signal.aborted) return;
  noteAnswers(readings);
  for (const [node, error] of errorsByNode(readings))
    if (error === undefined && rollout().droppedNodes.includes(node)) record({ type: 'node-returned', node });
}

/** The nodes that answer are more than half of those that the review settled on, and say the same of every target. */
function mayDrop(
  context: Context,
  lostMs: number,
  readings: readonly NodeReading[],
  registrations: readonly Registration[],
): boolean {
  const rollout = context.rollout();
  if (rollout.isAttended || lostMs < dropAfterMs) return false;
  const errors = errorsByNode(readings);
  const answering = nodesOf(rollout).filter((node) => errors.get(node) === undefined);
  const isMajority = answering.length * 2 > rollout.planned.nodes.length;
  return isMajority && registrations.every((registration) => isAgreed(readings, registration));
}

function isAgreed(readings: readonly NodeReading[], registration: Registration): boolean {
  return new Set(viewsOf(readings, registration).map((view) => shownBy(view, registration))).size === 1;
}
