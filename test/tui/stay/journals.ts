import { apply } from '../../../src/core/apply/apply.ts';
import type { OpenRollout } from '../../../src/runner/ports/face-ports.ts';
import type { VirtualClock } from '../../support/time/virtual-clock.ts';
import { type ScriptedLink, planned, runnerStarted, scriptedLink } from '../support/scripted-link.ts';
import { disabledAndDraining, first } from '../support/open-rollout.ts';
import { planOfThree, reached } from '../support/usual-plan.ts';

/** A rollout of this machine as its journal has it, and a link to its runner. */
export function journal(
  clock: VirtualClock,
  id: string,
  isRunning: boolean,
  also: (link: ScriptedLink) => void = () => undefined,
): { readonly open: OpenRollout; readonly link: ScriptedLink } {
  const link = scriptedLink(clock, id);
  link.say(planned(planOfThree(), reached));
  link.say(runnerStarted);
  also(link);
  link.caughtUp();
  let rollout: ReturnType<typeof apply> | undefined;
  link.follow((line) => {
    if (line.kind === 'event') rollout = apply(rollout, line.event);
  });
  if (rollout === undefined) throw new Error('nothing was said');
  return { open: { id, directory: `/state/${id}`, rollout, isRunning }, link };
}

/** One that runs, one that stands still with something off, and one that is over. */
export function oneOfEach(clock: VirtualClock): readonly ReturnType<typeof journal>[] {
  return [
    journal(clock, 'aaaa1111', true),
    journal(clock, 'bbbb2222', false, (link) => disabledAndDraining(link, first)),
    journal(clock, 'cccc3333', false, (link) =>
      link.say({ type: 'rollout-ended', outcome: 'done', exitCode: 0 }),
    ),
  ];
}
