import { leftByUs, type Rollout } from '../../../src/core/rollout/rollout.ts';
import type { SimulatedWorld } from '../world/simulated-world.ts';
import type { InstanceHistories } from './instance-histories.ts';
import { endsAsItWas, isLoweredByUs, isOffByUsNow } from './instance-history.ts';
import type { createTwinPromises } from './twin-promises.ts';

/** What has to be so once a runner is dead, and once all is over. */
export function createEndPromises(
  notebook: InstanceHistories,
  twins: ReturnType<typeof createTwinPromises>,
  here: () => SimulatedWorld,
  broken: (what: string) => void,
) {
  return {
    forgetsNobody: (rollout: Rollout, when: string): void => {
      for (const note of notebook.all())
        if ((isOffByUsNow(note) || isLoweredByUs(note)) && !notebook.isNamed(rollout, note))
          broken(
            `P5: ${note.slot.key} is off or has less weight because of us ${when}, and the journal does not name it`,
          );
    },
    /** At the very end, late writes included. */
    closes: (rollout: Rollout, exitCode: number): void => {
      const all = [...notebook.all()].filter((note) => !note.isFormer);
      const off = all.filter((one) => isOffByUsNow(one) || isLoweredByUs(one));
      if (off.length > 0 && exitCode !== 3)
        broken(`exit ${exitCode}, and ${off.map((one) => one.slot.key).join()} off or with less weight`);
      const uncertain = leftByUs(rollout).some(({ target, registration }) => {
        const state = target.registrations[registration];
        return state?.mark !== 'off' || state.isUnsettled || state.isAway;
      });
      const wasTurnedOn = all.some((note) => note.turnedOnCount > 0);
      const isAnyAway = all.some((note) => note.slot.registered === undefined || note.isUnwritten);
      const isAsked = rollout.rested?.why === 'at-gate';
      if (exitCode === 3 && off.length === 0 && !uncertain && !wasTurnedOn && !isAnyAway && !isAsked)
        broken('exit 3, and nothing is off');
      for (const note of all) endsAsItWas(note, notebook.isNamed(rollout, note), broken);
      twins.closes(rollout, here());
    },
  };
}
