import { type Rollout, isOurs, offByUs, targetOf } from '../../core/rollout/rollout.ts';
import { isSameNacos } from '../../core/registry/same-nacos.ts';
import { type Instance, type ServiceId, instanceKey, serviceKey } from '../../core/registry/service.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import type { Model } from '../model/model.ts';

/** Which target of which rollout an instance is off with. */
export type LeftOffWith = { readonly open: OpenRollout; readonly target: string };

/** By the journals of this machine, newest first; only those that reached the same Nacos speak of it. */
export function leftOffWith(model: Model, instance: Instance): LeftOffWith | undefined {
  if (instance.enabled) return undefined;
  const key = instanceKey(instance);
  for (const open of rolloutsHere(model)) {
    const found = open.rollout.targets.find(({ name, registrations }) =>
      targetOf(open.rollout, name).registrations.some((planned, index) => {
        const state = registrations[index];
        return state !== undefined && isOurs(state) && instanceKey(planned) === key;
      }),
    );
    if (found !== undefined) return { open, target: found.name };
  }
  return undefined;
}

/** How many registrations of a service are off because of rollouts of this machine, as far as Nacos agrees. */
export function leftOffCount(model: Model, service: ServiceId, off: number): number {
  const keys = rolloutsHere(model).flatMap(({ rollout }) => keysOf(rollout, service));
  return Math.min(off, new Set(keys).size);
}

function keysOf(rollout: Rollout, service: ServiceId): readonly string[] {
  return offByUs(rollout).flatMap(({ target, registration }) => {
    const planned = targetOf(rollout, target.name).registrations[registration];
    return planned !== undefined && serviceKey(planned) === serviceKey(service) ? [instanceKey(planned)] : [];
  });
}

function rolloutsHere(model: Model): readonly OpenRollout[] {
  const { connection, rollouts } = model;
  if (connection === undefined) return [];
  return rollouts.filter(({ rollout }) => isSameNacos(rollout.planned.reached, connection.spec));
}
