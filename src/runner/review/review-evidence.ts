import { type TriedRegistration, lengthensOnlyBecause } from '../../core/drain/evidence-forecast.ts';
import { byTraffic } from '../../core/planning/by-traffic.ts';
import { evidenceText } from '../../core/drain/evidence-text.ts';
import { type Drain, type Plan, type Registration, mainRegistration } from '../../core/plan/plan.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { endpointText, serviceKey } from '../../core/registry/service.ts';
import type { EvidenceProbe, EvidenceReading, World } from '../../world/world.ts';
import type { ServiceConsumers } from './read-consumers.ts';
import type { Finding, MeasuredCalls } from './review.ts';
import { type EvidenceTrial, tryEvidence } from './try-evidence.ts';

type Watch = NonNullable<Drain['watch']>;
type WatchedDrain = Drain & { readonly watch: Watch };
/** What the sources said of one registration. */
type Tried = {
  readonly registration: Registration;
  readonly drain: WatchedDrain;
  readonly owner: string;
  /** Its name, where this is what the target is probed at. A companion has another port, of which a source need not tell. */
  readonly target: string | undefined;
  readonly trials: readonly { readonly source: string; readonly trial: EvidenceTrial }[];
};

/**
 * Tries every source on each target as it runs now: one that tells nothing of a working instance would prove nothing
 * later, and stops the review. Then says of each service what the drain makes of what it is told.
 */
export async function reviewEvidence(
  world: Pick<World, 'clock' | 'evidence'>,
  plan: Plan,
  services: readonly ServiceConsumers[],
): Promise<{ readonly findings: readonly Finding[]; readonly plan: Plan }> {
  const once = { clock: world.clock, evidence: sharedEvidence(world.evidence) };
  const tries = plan.targets.flatMap((target) => {
    const { watch } = target.drain;
    if (watch === undefined) return [];
    const drain = { ...target.drain, watch };
    const main = mainRegistration(target);
    return (
      target.registrations
        // One that is off already may well be down.
        .filter(({ wasEnabled, left }) => wasEnabled && left === undefined)
        .map(async (registration): Promise<Tried> => {
          const trials = await tryEvidence(once, watch.evidence, registration);
          const named = watch.evidence.flatMap((one, index) => {
            const trial = trials[index];
            return trial === undefined ? [] : [{ source: evidenceText(one), trial }];
          });
          return {
            registration,
            drain,
            owner: target.name,
            target: registration === main ? target.name : undefined,
            trials: named,
          };
        })
    );
  });
  const tried = await Promise.all(tries);
  const alike = Map.groupBy(tried, (one) => JSON.stringify([serviceKey(one.registration), one.drain]));
  const perSecond = callsOf(tried);
  // A rollback goes the way of its rollout, in reverse.
  const ordered = plan.rollsBack === undefined ? byTraffic(plan, (name) => perSecond.get(name)) : plan;
  const findings = [
    // What is to be rolled back may well be ill: its drain then ends by time.
    ...failures(tried, plan.rollsBack === undefined ? 'refused' : 'warning'),
    ...countingUs(tried),
    ...[...alike.values()].flatMap((some) => drainOf(some, services)),
    ...(plan.rollsBack === undefined ? orderOf(ordered, perSecond) : []),
  ];
  return { findings, plan: ordered };
}

/** Calls a second of each target that could be measured; of sources that count the same calls the one that counts most. */
function callsOf(tried: readonly Tried[]): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  for (const { owner, trials } of tried) {
    const told = trials.flatMap(({ trial }) => (trial.kind === 'told' ? [trial.perSecond] : []));
    if (told.length > 0) calls.set(owner, (calls.get(owner) ?? 0) + Math.max(...told));
  }
  return calls;
}

function orderOf({ targets }: Plan, perSecond: ReadonlyMap<string, number>): readonly Finding[] {
  const byCalls = targets.filter(({ isByTraffic }) => isByTraffic === true);
  const services = Map.groupBy(byCalls, (target) => shortName(mainRegistration(target)));
  return [...services].map(([service, some]): Finding => {
    const order = some.map(({ name: target }) => {
      const calls = perSecond.get(target);
      return { target, ...(calls !== undefined && { perSecond: calls }) };
    });
    const isKnown = order.every((one) => 'perSecond' in one);
    return { level: isKnown ? 'good' : 'warning', kind: 'by-traffic', service, order };
  });
}

/** Who looks at the same port at the same time shares one look: fifty sessions at once, and a server refuses most. */
function sharedEvidence(evidence: EvidenceProbe): EvidenceProbe {
  const open = new Map<string, Promise<EvidenceReading>>();
  return async (source, registration, signal) => {
    if (source.kind !== 'connections') return await evidence(source, registration, signal);
    const key = JSON.stringify([evidenceText(source), endpointText(registration)]);
    const reading = open.get(key) ?? evidence(source, registration, signal);
    open.set(key, reading);
    return await reading.finally(() => open.delete(key));
  };
}

/** What fails alike is said once. */
function failures(tried: readonly Tried[], level: Finding['level']): readonly Finding[] {
  const failed = tried.flatMap(({ target, trials }) =>
    trials.flatMap(({ source, trial }) =>
      trial.kind === 'failed' && target !== undefined ? [{ target, source, reading: trial.why }] : [],
    ),
  );
  const alike = Map.groupBy(failed, ({ source, reading }) =>
    JSON.stringify([source, reading.kind === 'elsewhere' ? reading.kind : reading]),
  );
  return [...alike.values()].flatMap((some): readonly Finding[] => {
    const [first] = some;
    if (first === undefined) return [];
    const { source, reading } = first;
    const targets = some.map(({ target }) => target);
    return [{ level, kind: 'evidence-fails', targets, source, reading }];
  });
}

/** A source that counts what asks it never falls silent. */
function countingUs(tried: readonly Tried[]): readonly Finding[] {
  const counting = tried.flatMap(({ registration, trials }) =>
    trials.flatMap(({ source, trial }) =>
      trial.kind === 'told' && trial.countsUs ? [{ source, instance: endpointText(registration) }] : [],
    ),
  );
  return [...Map.groupBy(counting, ({ source }) => source)].map(([source, some]): Finding => {
    const instances = some.map(({ instance }) => instance);
    return { level: 'warning', kind: 'evidence-counts-us', source, instances };
  });
}

/** Of registrations of one service that drain alike. */
function drainOf(some: readonly Tried[], services: readonly ServiceConsumers[]): readonly Finding[] {
  const [first] = some;
  if (first === undefined) return [];
  const { registration, drain } = first;
  const found = services.find(({ service }) => serviceKey(service) === serviceKey(registration));
  const consumers = found !== undefined && 'isEach' in found && found.isEach ? found.consumers : undefined;
  // A source that was not tried may tell of what the others do not.
  const known = some
    .filter(({ trials }) => trials.every(({ trial }) => trial.kind !== 'untried'))
    .map(({ trials }) => ({ readings: readingsOf(trials), consumers }));
  const because = lengthensOnlyBecause(known, drain.watch.slowestPerSecond);
  const untried = drain.watch.evidence
    .map(evidenceText)
    .filter((text) =>
      some.some(({ trials }) =>
        trials.some(({ source, trial }) => source === text && trial.kind === 'untried'),
      ),
    );
  return [
    {
      level: because.length === 0 && untried.length === 0 ? 'good' : 'warning',
      kind: 'evidence',
      service: shortName(registration),
      drain,
      because,
      untried,
      measured: measuredBy(some, drain.watch),
    },
  ];
}

function readingsOf(trials: Tried['trials']): TriedRegistration['readings'] {
  return trials.flatMap(({ trial }) => (trial.kind === 'told' ? [trial.reading] : []));
}

function measuredBy(some: readonly Tried[], { evidence }: Watch): readonly MeasuredCalls[] {
  return evidence.map(evidenceText).flatMap((source): readonly MeasuredCalls[] => {
    const told = some.flatMap(({ registration, trials }) =>
      trials.flatMap(({ source: text, trial }) =>
        text === source && trial.kind === 'told' ? [{ instance: endpointText(registration), trial }] : [],
      ),
    );
    if (told.length === 0) return [];
    const perSecond = told.reduce((sum, { trial }) => sum + trial.perSecond, 0);
    const silent = told.filter(({ trial }) => trial.perSecond === 0).map(({ instance }) => instance);
    const isLeast = told.some(({ trial }) => trial.reading.unit === 'bursts');
    return [{ source, perSecond, isLeast, silent: silent.length === told.length ? [] : silent }];
  });
}
