import { type TriedRegistration, lengthensOnlyBecause } from '../../core/drain/evidence-forecast.ts';
import { evidenceText } from '../../core/drain/evidence.ts';
import { type Drain, type Plan, type Registration, mainRegistration } from '../../core/plan/plan.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { serviceKey } from '../../core/registry/service.ts';
import type { World } from '../../world/world.ts';
import type { ServiceConsumers } from './read-consumers.ts';
import type { Finding } from './review.ts';

type Watch = NonNullable<Drain['watch']>;
type WatchedDrain = Drain & { readonly watch: Watch };
/** What the sources said of one registration. */
type Tried = {
  readonly registration: Registration;
  readonly drain: WatchedDrain;
  readonly readings: TriedRegistration['readings'];
  readonly findings: readonly Finding[];
  /** A rehearsal runs nothing, and so knows nothing of what would be run. */
  readonly isUntried: boolean;
};

/**
 * Tries every source on each target as it runs now: one that tells nothing of a working instance would prove nothing
 * later, and stops the review. Then says of each service what the drain makes of what it is told.
 */
export async function reviewEvidence(
  world: Pick<World, 'evidence'>,
  plan: Plan,
  services: readonly ServiceConsumers[],
): Promise<readonly Finding[]> {
  const tries = plan.targets.flatMap((target) => {
    const { watch } = target.drain;
    if (watch === undefined) return [];
    const drain = { ...target.drain, watch };
    const main = mainRegistration(target);
    return (
      target.registrations
        // One that is off already may well be down.
        .filter(({ wasEnabled }) => wasEnabled)
        .map((one) => tryOne(world, one, drain, one === main ? target.name : undefined))
    );
  });
  const tried = await Promise.all(tries);
  const alike = Map.groupBy(tried, (one) => JSON.stringify([serviceKey(one.registration), one.drain]));
  return [
    ...tried.flatMap(({ findings }) => findings),
    ...[...alike.values()].flatMap((some) => drainOf(some, services)),
  ];
}

/** `target`: its name, where this is what it is probed at. A companion has another port, of which a source need not tell. */
async function tryOne(
  world: Pick<World, 'evidence'>,
  registration: Registration,
  drain: WatchedDrain,
  target: string | undefined,
): Promise<Tried> {
  const findings: Finding[] = [];
  const readings: TriedRegistration['readings'][number][] = [];
  let isUntried = false;
  for (const each of drain.watch.evidence) {
    const told = await world.evidence(each, registration, new AbortController().signal);
    if (told.kind === 'read') readings.push(told.reading);
    else if (told.why.kind === 'not-run') isUntried = true;
    else if (target !== undefined) {
      const source = evidenceText(each);
      findings.push({ level: 'refused', kind: 'evidence-fails', target, source, reading: told.why });
    }
  }
  return { registration, drain, readings, findings, isUntried };
}

/** Of registrations of one service that drain alike. */
function drainOf(some: readonly Tried[], services: readonly ServiceConsumers[]): readonly Finding[] {
  const [first] = some;
  if (first === undefined) return [];
  const { registration, drain } = first;
  const found = services.find(({ service }) => serviceKey(service) === serviceKey(registration));
  const consumers = found !== undefined && 'isEach' in found && found.isEach ? found.consumers : undefined;
  // A source that was not tried may tell of what the others do not.
  const known = some.filter(({ isUntried }) => !isUntried).map(({ readings }) => ({ readings, consumers }));
  const because = lengthensOnlyBecause(known, drain.watch.slowestPerSecond);
  return [
    {
      level: because.length === 0 ? 'good' : 'warning',
      kind: 'evidence',
      service: shortName(registration),
      drain,
      because,
      isUntried: some.some(({ isUntried }) => isUntried),
    },
  ];
}
