import { type Rollout, offByUs, targetOf } from '../../core/rollout/rollout.ts';
import { endpointText } from '../../core/registry/service.ts';
import { visible } from '../../core/text/visible.ts';

/** Registrations that are off because of us: all, or those of one target. */
export function offNames(rollout: Rollout, name?: string): readonly string[] {
  return offByUs(rollout)
    .filter(({ target }) => name === undefined || target.name === name)
    .map(({ target, registration }) => {
      const found = targetOf(rollout, target.name).registrations[registration];
      return visible(found === undefined ? target.name : endpointText(found));
    });
}
