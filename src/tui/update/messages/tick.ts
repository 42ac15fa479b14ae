import { isSameNacos } from '../../../core/registry/same-nacos.ts';
import { nodesOf, planOf } from '../../../core/rollout/rollout.ts';
import type { UiEffect } from '../../model/effect.ts';
import { isLive } from '../../model/following.ts';
import { livePath } from '../../keys/log-path.ts';
import type { Model } from '../../model/model.ts';
import type { Now } from '../../model/now.ts';
import { screenOf } from '../../model/navigation.ts';
import { companionServices } from '../acts/instance-acts.ts';
import { type Step } from '../acts/transition.ts';

const refreshMs = 1500;

/** Once a second. The model stays the same where nothing on the screen counts, so that nothing is drawn. */
export function ticked(model: Model, now: Now): Step {
  const effects = wantedReads(model, now);
  const isReading = effects.some((effect) => effect.kind === 'read-instances');
  const timed = isCounting(model) ? { ...model, now } : model;
  return [isReading ? { ...timed, instances: { ...timed.instances, isLoading: true } } : timed, effects];
}

function isCounting(model: Model): boolean {
  const screen = screenOf(model);
  if (model.silence !== undefined) return true;
  if (screen.name === 'connecting') return screen.problem === undefined;
  if (screen.name === 'rollout') return model.following !== undefined && isLive(model.following);
  return screen.name === 'offer';
}

function wantedReads(model: Model, now: Now): readonly UiEffect[] {
  const screen = screenOf(model);
  if (screen.name === 'instances' && model.draft !== undefined && !model.instances.isLoading) {
    const isOld = now.monotonicMs - (model.instances.readAtMs ?? -Infinity) >= refreshMs;
    return isOld ? [{ kind: 'read-instances', services: companionServices(model.draft) }] : [];
  }
  const path = livePath(model);
  return [...(path === undefined ? [] : [{ kind: 'read-tail', path } as const]), ...observing(model, now)];
}

/** Nobody else looks any more once the runner is gone; a rehearsal's Nacos is gone with it. */
function observing({ following, connection }: Model, now: Now): readonly UiEffect[] {
  const rollout = following?.rollout;
  if (rollout === undefined || following?.isClosed !== true || rollout.planned.world !== 'real') return [];
  const isHere = connection !== undefined && isSameNacos(connection.spec, rollout.planned.reached);
  const isOld = now.monotonicMs - (following.runnerClock?.atMs ?? -Infinity) >= refreshMs;
  return isHere && isOld ? [{ kind: 'observe', plan: planOf(rollout), nodes: nodesOf(rollout) }] : [];
}
