import { isPlausibleHost, isSameAddress } from '../../core/registry/address.ts';
import type { Registration, Target } from '../../core/plan/plan.ts';
import { mainRegistration } from '../../core/plan/plan.ts';
import { isKnown } from '../../core/rollout/known.ts';
import { nodesOf, wasThere } from '../../core/rollout/rollout.ts';
import {
  type Instance,
  byEndpoint,
  instanceId,
  instanceKey,
  isSameEndpoint,
} from '../../core/registry/service.ts';
import type { Context } from '../context/context.ts';
import { isAbsentEverywhere } from '../registry/read-back.ts';
import { type NodeReading, viewsOf } from '../context/node-views.ts';
import { oneOfEach } from '../../core/registry/twins.ts';

/**
 * Every instance that any node lists, as the journal keeps it. One that cannot be read is among them where its address
 * can: when that is mended it is no newcomer.
 */
export function listedKeys(readings: readonly NodeReading[]): readonly string[] {
  const keys = readings.flatMap((reading) => {
    if (!reading.ok) return [];
    const { service } = reading;
    const there = reading.unreadable.flatMap(({ ip, port }) =>
      ip === undefined || port === undefined ? [] : [instanceKey({ ...service, ip, port })],
    );
    return [...reading.instances.map(instanceKey), ...there];
  });
  return [...new Set(keys)].toSorted();
}

/**
 * Who may be this target now: it is gone from every node, and every node lists an instance of its service that was not
 * there before the deploy and is nobody else's. Its companions are on the same new ip.
 */
export function newcomers(
  context: Context,
  target: Target,
  readings: readonly NodeReading[],
): readonly (readonly Registration[])[] {
  const look = context.state(target.name).deploy?.look;
  const main = mainRegistration(target);
  const nodes = nodesOf(context.rollout());
  if (look === undefined || !isAbsentEverywhere(readings, main, nodes)) return [];
  const isNew = (one: Instance): boolean =>
    wasThere(context.rollout(), look, instanceKey(one)) === false &&
    !isKnown(context.rollout(), one) &&
    isPlausibleHost(one.ip);
  const newOf = (registration: Registration): readonly Instance[] => {
    const views = viewsOf(readings, registration);
    const [first] = views;
    return oneOfEach(first?.instances ?? [], 'off').filter(
      (one) =>
        isNew(one) && views.every((view) => view.instances.some((other) => isSameEndpoint(one, other))),
    );
  };
  return newOf(main)
    .toSorted(byEndpoint)
    .flatMap((instance) => {
      const together = target.registrations.map((registration, index) =>
        index === 0 ? instance : newOf(registration).find(({ ip }) => isSameAddress(ip, instance.ip)),
      );
      const found = together.flatMap((one, index) => {
        const registration = target.registrations[index];
        return one === undefined || registration === undefined ? [] : [registrationFrom(one, registration)];
      });
      return found.length === together.length ? [found] : [];
    });
}

/** Whether its metadata says what the plan wants of a new one. */
export function isMatching(target: Target, [main]: readonly Registration[]): boolean {
  const wanted = Object.entries(target.anyNew?.match ?? {});
  return main !== undefined && wanted.every(([key, value]) => main.metadata[key] === value);
}

function registrationFrom(instance: Instance, { wasEnabled }: Registration): Registration {
  const { weight, metadata, ephemeral } = instance;
  return { ...instanceId(instance), weight, metadata: { ...metadata }, ephemeral, wasEnabled };
}
