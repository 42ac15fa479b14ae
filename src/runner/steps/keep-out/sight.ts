import { nodesOf } from '../../../core/rollout/rollout.ts';
import type { NodeReading } from '../../context/node-views.ts';
import { type Watch, everyMsOf } from './watch.ts';

/** Not to be seen for longer, it may have been on for long enough to be called, and gone again. Two reads that time out take as long. */
const blindMs = 12_000;

/** A node over whose session nothing comes is taken for one that tells us for so long (src/nacos/README.md, Consumers). */
const silentMs = 5000;

/** Until `untilMs` every node seemed to tell us. */
export function noteTold({ seenMs }: Watch, index: number, untilMs: number): void {
  seenMs.set(index, Math.max(seenMs.get(index) ?? Number.NEGATIVE_INFINITY, untilMs - silentMs));
}

/** What drains does so anew when it can be seen again after a while: silence of the registry is no proof that consumers let go. */
export function noteSight(watch: Watch, index: number, readings: readonly NodeReading[]): void {
  const { context, name, seenMs, blind } = watch;
  const nowMs = context.world.clock.monotonic();
  const before = blind.get(index);
  if (!readings.some(({ ok }) => ok)) {
    const { lostNodes } = context.rollout();
    const isLost = nodesOf(context.rollout()).every((node) => lostNodes.includes(node));
    blind.set(index, { isLost: isLost || before?.isLost === true });
    return;
  }
  const ms = Math.round(nowMs - (seenMs.get(index) ?? nowMs));
  blind.delete(index);
  seenMs.set(index, nowMs);
  if (before?.isLost !== false || ms <= blindMs) return;
  // Once for all that are seen again in the same round of looks.
  if (nowMs - watch.anewMs <= everyMsOf(watch)) return;
  watch.anewMs = nowMs;
  context.record({ type: 'unwatched', target: name, registration: index, ms });
}
