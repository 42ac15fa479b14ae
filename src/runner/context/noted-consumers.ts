import type { FactOf } from '../../core/event/event.ts';
import { consumerText } from '../../core/drain/consumers.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { touchedServices } from '../../core/plan/plan.ts';
import { serviceKey } from '../../core/registry/service.ts';
import { shortName } from '../../core/registry/service-name.ts';
import type { Registry } from '../../world/registry.ts';
import type { Context } from './context.ts';

type Noted = FactOf<'consumers-noted'>['services'];

/** Who subscribes to each touched service, as people read it; those whose list cannot be read are left out. */
export async function readConsumers(registry: Registry, plan: Plan): Promise<Noted> {
  const answers = await Promise.all(
    touchedServices(plan).map(async ({ namespace, group, service }) => {
      const id = { namespace, group, service };
      const answer = await registry.subscribers(id);
      return answer.ok ? [{ ...id, consumers: [...new Set(answer.value.map(consumerText))].sort() }] : [];
    }),
  );
  return answers.flat();
}

/** Names who came and who is gone since the first runner began: a drain may have been planned for others. */
export async function compareConsumers(context: Context): Promise<void> {
  const { consumers: noted, planned } = context.rollout();
  if (noted.length === 0) return;
  const now = await readConsumers(context.world.registry, planned.plan);
  for (const before of noted) {
    const after = now.find((one) => serviceKey(one) === serviceKey(before));
    if (after === undefined) continue;
    const came = after.consumers.filter((one) => !before.consumers.includes(one));
    const left = before.consumers.filter((one) => !after.consumers.includes(one));
    if (came.length + left.length > 0)
      context.record({ type: 'consumers-changed', service: shortName(before), came, left });
  }
}
