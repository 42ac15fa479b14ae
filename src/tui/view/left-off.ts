/** What is off because of us, as a screen needs it: of the Nacos that the console is at, and as names to be shown. */
import type { TakenOff } from '../../core/event/failure.ts';
import { registrationsOff, takenOff, targetOffWith } from '../../core/report/left-off.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import { isSameNacos } from '../../core/registry/same-nacos.ts';
import {
  type Instance,
  type ServiceId,
  endpointText,
  instanceKey,
  isSameService,
} from '../../core/registry/service.ts';
import { visible } from '../../core/text/visible.ts';
import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import type { Model } from '../model/model.ts';

/** Which target of which rollout an instance is off with. */
export type LeftOffWith = { readonly open: OpenRollout; readonly target: string };

/** By the journals of this machine, newest first; only those that reached the same Nacos speak of it. */
export function leftOffWith(model: Model, instance: Instance): LeftOffWith | undefined {
  if (instance.enabled) return undefined;
  for (const open of rolloutsHere(model)) {
    const target = targetOffWith(open.rollout, instance);
    if (target !== undefined) return { open, target: target.name };
  }
  return undefined;
}

/** Who took an instance off that is off, and when, where the journals of this machine know. */
export function takenOffBy(model: Model, instance: Instance): TakenOff | undefined {
  if (model.connection === undefined || instance.enabled) return undefined;
  const rollouts = model.rollouts.map(({ rollout }) => rollout);
  return takenOff(rollouts, model.connection.spec, instance);
}

/** How many registrations of a service are off because of rollouts of this machine, as far as Nacos agrees. */
export function leftOffCount(model: Model, service: ServiceId, off: number): number {
  const ours = rolloutsHere(model)
    .flatMap(({ rollout }) => registrationsOff(rollout))
    .filter((one) => isSameService(one, service));
  return Math.min(off, new Set(ours.map(instanceKey)).size);
}

/** What is off because of a rollout: all, or what belongs to one target. */
export function offNames(rollout: Rollout, target?: string): readonly string[] {
  return registrationsOff(rollout, target).map((one) => visible(endpointText(one)));
}

function rolloutsHere({ connection, rollouts }: Model): readonly OpenRollout[] {
  if (connection === undefined) return [];
  return rollouts.filter(({ rollout }) => isSameNacos(rollout.planned.reached, connection.spec));
}
