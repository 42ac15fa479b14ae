import { type Companion, isLeftAlone, isMeant } from '../../core/plan/companion-rules.ts';
import { type Registration, type Target, mainRegistration } from '../../core/plan/plan.ts';
import { isPlausibleHost, isSameAddress } from '../../core/registry/address.ts';
import {
  type Instance,
  type ServiceId,
  instanceId,
  instanceKey,
  isSameService,
} from '../../core/registry/service.ts';
import { twinsAt } from '../../core/registry/twins.ts';
import { isKnown } from '../../core/rollout/apply-identified.ts';
import { planOf, wasThere } from '../../core/rollout/rollout.ts';
import { mapBounded } from '../../world/map-bounded.ts';
import type { Context } from './context.ts';

const askedAtOnce = 8;

/**
 * What is registered beside a target and not of the plan, as the plan looks for what goes with it: in services that the
 * target has nothing in. Nothing where the plan names its companions, or where that cannot be read now.
 */
export async function strangersBeside(
  { world: { registry }, rollout, target: targetOf }: Context,
  name: string,
  signal: AbortSignal,
): Promise<readonly Instance[]> {
  const target = targetOf(name);
  const { foundBy, registrations } = target;
  if (foundBy === undefined) return [];
  const main = mainRegistration(target);
  const services = await registry.services(main.namespace, '', { at: [main.ip], signal });
  if (!services.ok) return [];
  const meant = services.value.items.filter(
    (id) =>
      !registrations.some((one) => isSameService(one, id)) &&
      foundBy.some((rule) => mayMean(rule, main.group, id)),
  );
  const lists = await mapBounded(meant, askedAtOnce, (id) => registry.instances(id, { signal }));
  return lists.flatMap((list) => {
    const items = list.ok ? (list.value?.items ?? []) : [];
    return items.filter(
      (one) =>
        isBeside(target, one, sharesAddress(rollout, name, main)) &&
        !isKnown(rollout(), one) &&
        // Of two clients nobody knows which it is, nor can it be put on as it is.
        twinsAt(items, one).length === 0,
    );
  });
}

/** As the plan would have it: on, as it was when it came. */
export function registrationOf(instance: Instance): Registration {
  const { weight, metadata, ephemeral } = instance;
  return { ...instanceId(instance), weight, metadata: { ...metadata }, ephemeral, wasEnabled: true };
}

/** Whether the plan found it by a rule, and did not name it: a new version may do without it. */
export function isFoundByRule(target: Target, registration: Registration): boolean {
  const main = mainRegistration(target);
  if (registration === main) return false;
  return target.foundBy?.some((rule) => mayMean(rule, main.group, registration)) === true;
}

/** On, and nobody's yet. Those that were there before the first command are not new, whatever became of them. */
export function isNewBeside({ state, rollout }: Context, name: string, instance: Instance): boolean {
  const wasBefore = wasThere(rollout(), state(name).deploy?.firstLook, instanceKey(instance));
  return instance.enabled && wasBefore === false && !isKnown(rollout(), instance);
}

function mayMean(rule: Companion, group: string, id: ServiceId): boolean {
  return typeof rule === 'string' ? !isLeftAlone(id) : isMeant(rule, group, id);
}

function sharesAddress(rollout: Context['rollout'], name: string, { ip }: Registration): boolean {
  return planOf(rollout()).targets.some(
    (other) => other.name !== name && isSameAddress(mainRegistration(other).ip, ip),
  );
}

/** At the ip; where that may be several processes', at a port of this one, or at the one that the plan says. */
function isBeside(target: Target, instance: Instance, isShared: boolean): boolean {
  const main = mainRegistration(target);
  if (!isSameAddress(instance.ip, main.ip) || !isPlausibleHost(instance.ip)) return false;
  const isAtItsPort = target.registrations.some(({ port }) => port === instance.port);
  return (target.foundBy ?? []).some((rule) => {
    if (!mayMean(rule, main.group, instance)) return false;
    if (rule === 'ip') return true;
    if (rule === 'process') return isAtItsPort;
    const { port } = rule;
    if (port === undefined) return isAtItsPort || !isShared;
    return instance.port === (typeof port === 'string' ? main.port + Number(port) : port);
  });
}
