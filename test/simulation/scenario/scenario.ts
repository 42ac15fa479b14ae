import { type Plan, type Registration, type Target } from '../../../src/core/plan/plan.ts';
import { endpointText, type InstanceId, serviceKey } from '../../../src/core/registry/service.ts';
import type { Random } from './random.ts';
import { metadataOf } from '../world/simulated-processes.ts';
import { type Faults, drawFaults } from './faults.ts';
import type { Pool } from '../world/simulated-connections.ts';
import { shortName } from '../../../src/core/registry/service-name.ts';

/** Another client has the address of an instance too, in another cluster, and once. */
export type TwinSpell = { readonly id: InstanceId; readonly fromMs: number; readonly toMs: number };

/** A consumer that calls every instance in its list, and fetches the list anew every `listMs`. */
export type CallerSpell = {
  readonly address: string;
  /** Calls to each instance. */
  readonly perSecond: number;
  readonly listMs: number;
  readonly firstFetchMs: number;
  /** It calls nobody before. */
  readonly fromMs: number;
  /** What should count its calls does not see them. */
  readonly isHidden: boolean;
  /** Over how many connections it calls an instance: one that stays open where nothing is said. */
  readonly pool?: Pool;
};

/** How what reads the calls answers: after up to twice `slowMs`; in a part of the times, `failing`, not at all. */
export type SourceSpell = { readonly slowMs: number; readonly failing: number };

/** Everything that is settled before a run begins. */
export type Scenario = {
  readonly plan: Plan;
  readonly nodes: readonly string[];
  readonly remembers: boolean;
  readonly isAttended: boolean;
  readonly weather: Faults;
  /** Processes that the plan does not touch, and processes of its targets: their instances. */
  readonly bystanders: readonly (readonly InstanceId[])[];
  /** How wild people and commands are, from 0 to 1. */
  readonly wildness: number;
  readonly crashCount: number;
  /** Processes come back under another address, as containers that are replaced. */
  readonly isMoving: boolean;
  /** A new version registers with its address spelled otherwise. */
  readonly isRespelling: boolean;
  /** A new version registers other interfaces. */
  readonly newInterfaces?: NewInterfaces;
  /** Addresses that somebody else registers too. */
  readonly twins?: readonly TwinSpell[];
  readonly callers?: readonly CallerSpell[];
  /** When callers call, and how sources answer, is decided by a chance of its own. */
  readonly callerSeed?: number;
  readonly source?: SourceSpell;
};

export const firstWeight = 5;

/** What a new version registers beside what it has, and what it does without; the one after it as before. */
export type NewInterfaces = { readonly hasAdded: boolean; readonly hasDropped: boolean };

const orders = { group: 'DEFAULT_GROUP', service: 'orders' };
/** Beside the first one; some are called like it. */
const otherServices: readonly Pick<InstanceId, 'group' | 'service'>[] = [
  { group: 'DEFAULT_GROUP', service: 'stock' },
  { group: 'GRAY', service: 'orders' },
  { group: 'DEFAULT_GROUP', service: 'GRAY@@orders' },
];

export function instance(service: string, group: string, host: number, port: number): InstanceId {
  return { namespace: 'public', group, service, cluster: 'DEFAULT', ip: `10.0.0.${host}`, port };
}

export function registrationOf(id: InstanceId, wasEnabled = true): Registration {
  return { ...id, weight: firstWeight, metadata: metadataOf(1, id.ip), ephemeral: true, wasEnabled };
}

export function drawScenario(random: Random): Scenario {
  const nodes = Array.from({ length: random.pick([1, 1, 2, 3]) }, (_, index) => `http://node-${index}`);
  const services = random.chance(0.25)
    ? [orders, otherServices[nodes.length % otherServices.length] ?? orders]
    : [orders];
  const hasCompanions = random.chance(0.35);
  const batchSize = random.pick([1, 1, 2, 3]);
  const check = drawCheck(random);
  const forAll = {
    check,
    drainMs: random.pick([300, 2000, 5000, 10_000, 20_000]),
    hasRollback: random.chance(0.4),
    manners: drawManners(random),
    offBefore: random.pick([0, 0.03, 0.2]),
  };
  const targets: Target[] = [];
  const bystanders: InstanceId[][] = [];
  for (const [index, { group, service }] of services.entries()) {
    const size = random.int(1, 4);
    const rolled = Math.max(1, size - random.int(0, 1));
    for (let each = 0; each < size; each++) {
      const host = index * 10 + each + 1;
      const ids = [instance(service, group, host, 8080)];
      if (hasCompanions && random.chance(0.9))
        ids.push(instance(`providers:${service}`, 'DUBBO_GROUP', host, 20_880));
      if (each >= rolled) bystanders.push(ids);
      else targets.push(targetOf(ids, random, { ...forAll, batch: Math.floor(targets.length / batchSize) }));
    }
  }
  const scenario = {
    nodes,
    bystanders,
    plan: planOf(random, targets),
    remembers: random.chance(0.7),
    isAttended: random.chance(0.6),
    weather: drawFaults(random, nodes.length, random.pick([60_000, 120_000, 240_000])),
    wildness: random.pick([0, 0.2, 0.5, 1]),
    crashCount: random.pick([0, 0, 1, 2, 3]),
  };
  return random.chance(0.12)
    ? moving(random, scenario)
    : { ...scenario, isMoving: false, isRespelling: false };
}

/** New addresses are taken for the old ones by the plan, or by a person. */
function moving(random: Random, scenario: Omit<Scenario, 'isMoving' | 'isRespelling'>): Scenario {
  const identity = random.pick([{ anyNew: { match: {} } }, { anyNew: { match: { version: '2' } } }, {}]);
  const targets = scenario.plan.targets.map(({ leave: _leave, back: _back, ...target }) => ({
    ...target,
    ...identity,
  }));
  return {
    ...scenario,
    plan: { ...scenario.plan, targets },
    isMoving: random.chance(0.8),
    isRespelling: false,
  };
}

type ForAll = {
  readonly check: Target['check'];
  readonly drainMs: number;
  readonly hasRollback: boolean;
  readonly manners: Manners;
  /** How many were off before us, from 0 to 1. */
  readonly offBefore: number;
};

/** How applications take leave, and come back. */
type Manners = Pick<Target, 'leave' | 'back'>;

function drawManners(random: Random): Manners {
  if (!random.chance(0.15)) return {};
  const leave = { call: { method: 'POST', url: 'http://{ip}:{port}/leave' }, isInstead: random.chance(0.5) };
  const back = { method: 'POST', url: 'http://{ip}:{port}/back' };
  return { leave, ...(random.chance(0.7) && { back }) };
}

function drawCheck(random: Random): Target['check'] {
  const patience = { successes: random.int(1, 3), withinMs: random.pick([30_000, 100_000]) };
  return random.chance(0.15)
    ? { kind: 'registration', ...patience }
    : { kind: 'tcp', isDefault: false, ...patience };
}

function targetOf(
  ids: readonly InstanceId[],
  random: Random,
  with_: ForAll & { readonly batch: number },
): Target {
  const [main] = ids;
  return {
    name: main === undefined ? '' : `${shortName(main)} ${endpointText(main)}`,
    stage: '',
    batch: with_.batch,
    registrations: ids.map((id) => registrationOf(id, !random.chance(with_.offBefore))),
    drain: { ms: with_.drainMs },
    deploy: { run: './redeploy.sh', timeoutMs: random.pick([20_000, 60_000]) },
    ...(with_.hasRollback && { rollback: { run: './rollback.sh', timeoutMs: 60_000 } }),
    ...with_.manners,
    check: with_.check,
  };
}

function planOf(random: Random, targets: readonly Target[]): Plan {
  const names = new Map(
    targets.flatMap((target) => target.registrations).map((one) => [serviceKey(one), one]),
  );
  return {
    version: 1,
    targets,
    minimums: [...names.values()].map(({ namespace, group, service }) => ({
      namespace,
      group,
      service,
      minimum: random.pick([0, 1, 1, 1, 2]),
    })),
    overrides: [...names.values()].flatMap((id) => (random.chance(0.15) ? [shortName(id)] : [])),
    onFailure: random.pick(['stop', 'continue']),
    onUnknown: random.pick(['ask', 'again']),
    decideWithinMs: 60_000,
  };
}
