import type { Plan } from '../plan/plan.ts';
import type { Event, EventType } from '../event/event.ts';
import { stampMs } from '../text/stamp.ts';

/** How many targets were drained ahead of their turn, and how much sooner they were deployed than if they had waited for it. */
export type AheadSaving = { readonly targets: number; readonly savedMs: number };

/** With one of these a target may be through, and the turn of the next has come. */
const ends: ReadonlySet<EventType> = new Set([
  'enabled',
  'warm-up-passed',
  'soak-passed',
  'decided',
  'step-failed',
]);

/** Undefined where nobody was deployed that had gone ahead. */
export function aheadSaving(plan: Plan, events: readonly Event[]): AheadSaving | undefined {
  const batchOf = new Map(plan.targets.map(({ name, batch }) => [name, batch]));
  /** When each that is ahead went off, and when it was drained. */
  const ahead = new Map<string, { readonly offMs: number; readonly drainedMs?: number }>();
  let targets = 0;
  let savedMs = 0;
  const endedMs = new Map<number, number>();
  const turnOf = (batch: number): number =>
    Math.max(...[...endedMs].map(([before, atMs]) => (before < batch ? atMs : Number.NEGATIVE_INFINITY)));
  for (const event of events) {
    if (!('target' in event)) continue;
    const { target } = event;
    const atMs = stampMs(event.at);
    const batch = batchOf.get(target) ?? 0;
    const begun = ahead.get(target);
    if (ends.has(event.type)) endedMs.set(batch, atMs);
    if (event.type === 'disable-began')
      if (event.isAhead === true) ahead.set(target, { offMs: atMs });
      else ahead.delete(target);
    else if (event.type === 'called-back') ahead.delete(target);
    else if (begun === undefined) continue;
    else if (event.type === 'drain-ended' || event.type === 'drain-skipped')
      ahead.set(target, { ...begun, drainedMs: atMs });
    else if (event.type === 'deploy-began') {
      const headStartMs = Math.min(turnOf(batch), begun.drainedMs ?? atMs) - begun.offMs;
      ahead.delete(target);
      targets += 1;
      savedMs += Math.max(0, headStartMs);
    }
  }
  return targets === 0 ? undefined : { targets, savedMs };
}
