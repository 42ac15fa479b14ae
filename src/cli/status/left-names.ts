import { type Owned, type Rollout, loweredByUs, offByOthers, offByUs } from '../../core/rollout/rollout.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import type { ShownNow } from '../../runner/ports/diagnosis.ts';
import { ownedName } from '../rollout/event-line.ts';
import { endpointText } from '../../core/registry/service.ts';
import { type SeenBehind } from '../../doctor/left-behind.ts';

type OffNames = {
  /** `absent` and `unasked` are among them. */
  readonly off: readonly string[];
  /** Off by the journal; Nacos does not list them any more. */
  readonly absent: readonly string[];
  /** By the journal alone: Nacos could not be asked. */
  readonly unasked: readonly string[];
  /** Off by the journal; Nacos shows them on. */
  readonly onAgain: readonly string[];
};

/** What a runner is at is as its journal says. */
export function offNames(open: OpenRollout, seen: readonly SeenBehind[]): OffNames {
  const all = offByUs(open.rollout).map((one) => ({
    name: ownedName(open.rollout, one),
    shown: shownOf(open, one, seen),
  }));
  const names = (fits: (shown: ShownNow | undefined) => boolean): readonly string[] =>
    all.filter(({ shown }) => fits(shown)).map(({ name }) => name);
  return {
    off: names((shown) => shown !== 'on'),
    absent: names((shown) => shown === 'absent'),
    unasked: names((shown) => shown === 'unknown'),
    onAgain: names((shown) => shown === 'on'),
  };
}

/** What has less weight than it had, unless Nacos shows it with another one now. */
export function loweredNames(open: OpenRollout, seen: readonly SeenBehind[]): readonly string[] {
  return loweredByUs(open.rollout)
    .filter((one) => shownOf(open, one, seen) !== 'on')
    .map((one) => ownedName(open.rollout, one));
}

/** What Nacos shows of it; undefined where it was not asked for. */
function shownOf(
  { id }: OpenRollout,
  { target, registration }: Owned,
  seen: readonly SeenBehind[],
): ShownNow | undefined {
  return seen.find(
    ({ open, left }) => open.id === id && left.target === target.name && left.index === registration,
  )?.shown;
}

/** What somebody else had taken off when its turn came. */
export function otherNames(rollout: Rollout): readonly string[] {
  return offByOthers(rollout).map((one) => ownedName(rollout, one));
}

/** Where a mark of ours waits for whoever registers next: what is off and away, and addresses that a target had before. */
export function markNames(rollout: Rollout): readonly string[] {
  const away = offByUs(rollout)
    .filter(({ target, registration }) => target.registrations[registration]?.isAway === true)
    .map((one) => ownedName(rollout, one));
  const before = rollout.targets.flatMap(({ former, marksLeft }) => [
    ...former.map(({ registration }) => endpointText(registration)),
    ...marksLeft,
  ]);
  return [...away, ...before];
}
