import { causeOf } from '../../core/report/change-cause.ts';
import type { Registration } from '../../core/plan/plan.ts';
import { planOf } from '../../core/rollout/rollout.ts';
import { type TargetState } from '../../core/rollout/target-state.ts';
import { isSameEndpoint, isSameService } from '../../core/registry/service.ts';
import type { Context } from '../context/context.ts';
import { viewsOf } from '../context/node-views.ts';
import { readCounted } from '../context/context.ts';

/** Names everything but `enabled` that differs from what the plan saw. */
export async function compareWithPlan(
  context: Context,
  state: TargetState,
  signal: AbortSignal,
): Promise<void> {
  const { name } = state;
  const target = context.target(name);
  const { registrations } = target;
  const readings = await readCounted(
    context,
    registrations,
    signal,
    context.reads.recent(registrations.length),
  );
  const server = await context.world.registry.server();
  if (signal.aborted) return;
  const hasOverrides = server.ok && server.value.traits.mayMarkAbsent;
  for (const [registration, before] of target.registrations.entries()) {
    const [view] = viewsOf(readings, before);
    const listed = view?.instances.filter((instance) => isSameEndpoint(instance, before));
    const found = listed?.find(({ cluster }) => cluster === before.cluster) ?? listed?.[0];
    if (found === undefined) continue;
    // What it has now is a part of what it will have.
    const weight = context.state(name).registrations[registration]?.lowered?.full ?? found.weight;
    const after = { ...found, weight };
    const { wasAway = false, wasHeld = false } = state.registrations[registration] ?? {};
    const isRedeployed = wasAway && state.deploy !== undefined;
    const siblings = siblingsOf(context, before);
    for (const { was, ...difference } of differences(before, after)) {
      const others = siblings.map(({ metadata }) => metadata[difference.what.replace(/^metadata\./, '')]);
      const cause = causeOf(difference.what, was, { isRedeployed, wasAway, wasHeld, hasOverrides, others });
      context.record({ type: 'changed', target: name, registration, ...difference, cause });
    }
  }
}

/** The other registrations of its service that the plan rolls, as it found them. */
function siblingsOf({ rollout }: Context, registration: Registration): readonly Registration[] {
  return planOf(rollout())
    .targets.flatMap(({ registrations }) => registrations)
    .filter((one) => isSameService(one, registration) && !isSameEndpoint(one, registration));
}

type Compared = Pick<Registration, 'weight' | 'ephemeral' | 'cluster' | 'metadata'>;

type Difference = {
  readonly what: string;
  /** Undefined where there was nothing. */
  readonly was: string | undefined;
  readonly before: string;
  readonly after: string;
};

function differences(before: Compared, after: Compared): readonly Difference[] {
  const keys = new Set([...Object.keys(before.metadata), ...Object.keys(after.metadata)]);
  const pairs: [string, string | undefined, string | undefined][] = [
    ['weight', String(before.weight), String(after.weight)],
    ['ephemeral', String(before.ephemeral), String(after.ephemeral)],
    ['cluster', before.cluster, after.cluster],
    ...[...keys].map((key): [string, string | undefined, string | undefined] => [
      `metadata.${key}`,
      before.metadata[key],
      after.metadata[key],
    ]),
  ];
  return pairs
    .filter(([, was, is]) => was !== is)
    .map(([what, was, is]) => ({ what, was, before: was ?? '', after: is ?? '' }));
}
