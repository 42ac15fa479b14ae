import { setEnabled } from '../../registry/set-enabled.ts';
import { type FactOf } from '../../../core/event/event.ts';
import { type Watch, everyMsOf } from './watch.ts';

/** A list may show this late what was so before we took it off (src/nacos/README.md, Registering: 1.1 s on three members). */
const lateListMs = 3000;

/** Without a look at it for so long, it may have been on well before it is seen on. */
const unwatchedMs = 5000;

type Exposure = Pick<FactOf<'exposed'>, 'wasAway' | 'sources' | 'twins' | 'isWanted'>;

/**
 * Whether it stays on: a rollout that waits for a person anyway asks before it takes off what was on before its runner took
 * over, where it may not go off by what is listed now. It may have been put on meanwhile, and others taken off since.
 */
export async function isToStayOn(
  { context, name, offAt, recount }: Watch,
  index: number,
): Promise<boolean | 'unknown'> {
  const { phase, registrations } = context.state(name);
  // Of any other, what shows up on may be a version that nobody has proven.
  if (phase !== 'stuck' || registrations[index]?.isUnseen !== true || offAt.has(index)) return false;
  const counted = await recount(context, name);
  return counted === 'unknown' ? counted : counted !== 'go';
}

export async function takeOffAgain(watch: Watch, index: number, exposure: Exposure): Promise<void> {
  const { context, name, signal } = watch;
  const { clock } = context.world;
  const state = context.state(name).registrations[index];
  // Still on, because the last attempt at taking it off failed: that is no second time.
  if (state?.isExposed !== true || !watch.exposed.has(index))
    watch.exposed.set(index, {
      atMs: clock.monotonic(),
      isAtLeast: state?.isExposed === true || wasUnwatched(watch, index),
    });
  const asked = exposure.twins ? 'registered-twice' : exposure.isWanted ? 'wanted-on' : undefined;
  const isSaid = asked === undefined || context.state(name).failure?.why.kind === asked;
  if (state?.isExposed !== true || !isSaid) noteExposure(watch, index, exposure);
  // No write leaves twins as they are: a person is asked.
  if (asked !== undefined) return;
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

function noteExposure(watch: Watch, index: number, { wasAway, sources, twins, isWanted }: Exposure): void {
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
    ...(isWanted && { isWanted }),
    ...(twins && { twins: [...twins] }),
  });
}

export function endExposure(watch: Watch, index: number): void {
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
