import { foundText } from '../../core/plan/companion-rules.ts';
import { withCompanions } from '../../core/planning/plan-companions.ts';
import { type Target, mainRegistration } from '../../core/plan/plan.ts';
import { isKnown } from '../../core/rollout/known.ts';
import type { Failure } from '../../core/event/failure.ts';
import {
  type Instance,
  type InstanceId,
  endpointText,
  isSameEndpoint,
  serviceKey,
} from '../../core/registry/service.ts';
import type { Answer } from '../../world/registry.ts';
import type { Context } from '../context/context.ts';
import { createDeadline } from '../context/deadline.ts';
import { readBeside } from '../context/found-beside.ts';
import { mayPass } from './read-back.ts';

const againEveryMs = 1000;
const patienceMs = 30_000;

/**
 * Looks once more for what goes with a target, where the plan found that instead of naming it: what has come since would
 * be restarted while it is called. What has gone is for the guard to say.
 */
export async function companionsCame(
  context: Context,
  name: string,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const target = context.target(name);
  if (target.foundBy === undefined) return undefined;
  const patience = createDeadline(context, patienceMs);
  for (;;) {
    const found = await findAgain(context, target, signal);
    if (signal.aborted) return undefined;
    if (found.ok) {
      const came = found.value.filter((one) => one.enabled && !isKnown(context.rollout(), one));
      if (came.length === 0) return undefined;
      const instance = endpointText(mainRegistration(target));
      const refusal = { kind: 'companions-came', instance, came: came.map(foundText) } as const;
      return { kind: 'refused', refusals: [refusal] };
    }
    if (!mayPass(found.error) || patience.isOver()) return { kind: 'registry', error: found.error };
    await context.world.clock.sleep(againEveryMs, signal);
  }
}

/** Nothing, where it cannot be told what belongs to it: whatever the plan holds is still guarded. */
async function findAgain(
  { world: { registry }, rollout }: Context,
  { foundBy = [], ...target }: Target,
  signal: AbortSignal,
): Promise<Answer<readonly Instance[]>> {
  const main = mainRegistration(target);
  const { namespace, group, service } = main;
  const own = await registry.instances(main, { signal, known: [main] });
  if (!own.ok) return own;
  const instance = own.value?.items.find((one) => isSameEndpoint(one, main));
  if (instance === undefined) return { ok: true, value: [] };
  const companions = [...foundBy];
  const isSought = (id: InstanceId): boolean => !isKnown(rollout(), id);
  const seeking = { group, companions, instances: [instance], isSought };
  const beside = await readBeside(registry, namespace, [seeking], { signal });
  if (!beside.ok) return beside;
  const lists = new Map([...beside.value.lists, [serviceKey(main), own.value] as const]);
  const together = withCompanions({ service, group, companions }, instance, {
    namespace,
    group,
    ...beside.value,
    lists: (id) => lists.get(serviceKey(id))?.items,
  });
  return { ok: true, value: together.ok ? together.instances : [] };
}
