import type { Endpoint, Instance } from '../core/registry/service.ts';
import { instanceKey, isSameEndpoint, isSameService, serviceKey } from '../core/registry/service.ts';
import { type Clock, fasterClock, rehearsalSpeed } from '../world/clock.ts';
import type { InstanceWrite, OwnInstance, Presence, Registry, RequestText } from '../world/registry.ts';
import type { EvidenceProbe, Notifier, Probe, World } from '../world/world.ts';

/** How long a command that is only shown pretends to take. */
const pretendedCommandMs = 5000;

/**
 * The real world with its hands tied: reads pass through, writes go to an overlay that later reads show, commands are
 * shown and not run, waits are compressed. `list` hears every request that a real run would have sent instead.
 */
export function rehearsalWorld(real: World, list: (request: RequestText) => void): World {
  const clock = fasterClock(real.clock, rehearsalSpeed);
  const written: Written = new Map();
  const announced: Announced = new Map();
  return {
    clock,
    registry: overlaid(real.registry, { written, announced }, list),
    ...(real.presence && { presence: pretendedPresence(real.presence, announced, list) }),
    ...(real.notifier && { notifier: silent(real.notifier, list) }),
    // To make an application leave is to write, whatever the method.
    call: async ({ purpose, call, registrations }) => {
      if ('url' in call) list({ ...call, hasToken: false });
      const { enabled, mode } = { enabled: purpose === 'back', mode: 'registered' as const };
      for (const registration of registrations)
        written.set(instanceKey(registration), { ...registration, instance: registration, enabled, mode });
      return { kind: 'good', ms: 0 };
    },
    probe: harmlessProbe(real.probe),
    evidence: noEvidence,
    hasNobody: true,
    commands: {
      obstacle: (order) => real.commands.obstacle(order),
      run: async (_order, signal) => pretended(clock, signal),
      recover: async (_order, signal) => pretended(clock, signal),
    },
  };
}

/**
 * No lease is taken. What keeps it and gives it back is listed with what takes it, once: it is sent every 5 s, and after
 * the last event.
 */
function pretendedPresence(
  real: Presence,
  announced: Announced,
  list: (request: RequestText) => void,
): Presence {
  let announcedCount = 0;
  return {
    requestOf: (call, own) => real.requestOf(call, own),
    announce: async (own) => {
      announcedCount += 1;
      announced.set(instanceKey(own.instance), own);
      list(real.requestOf('announce', own));
      // First it claims, then it holds.
      if (announcedCount === 2)
        for (const call of ['beat', 'withdraw'] as const) list(real.requestOf(call, own));
      return { ok: true, value: undefined };
    },
    beat: async () => ({ ok: true, value: 'known' }),
    withdraw: async ({ instance }) => {
      announced.delete(instanceKey(instance));
      return { ok: true, value: undefined };
    },
  };
}

/** Nobody is told of what did not happen. */
function silent(real: Notifier, list: (request: RequestText) => void): Notifier {
  return {
    requestOf: (receiver, notice) => real.requestOf(receiver, notice),
    tell: async (receiver, notice) => {
      list(real.requestOf(receiver, notice));
      return { kind: 'listed' };
    },
  };
}

/** A check by command is a command: whatever it does, a rehearsal does not do it. What is not deployed does not change. */
function harmlessProbe(probe: Probe): Probe {
  return async (check, registration, signal) =>
    check.kind === 'command' ? { kind: 'good', ms: 0 } : probe(check, registration, signal);
}

/** What is read over HTTP is only read, as are the connections of this machine; a command may do anything. */
function harmlessEvidence(read: EvidenceProbe): EvidenceProbe {
  return async (evidence, registration, signal) =>
    'run' in evidence && evidence.run !== undefined
      ? noEvidence(evidence, registration, signal)
      : read(evidence, registration, signal);
}

/** Nobody is taken off, so calls go on: what tells of them says nothing of how long a real drain takes. */
const noEvidence: EvidenceProbe = async () => ({ kind: 'failed', why: { kind: 'not-run' } });

/** What the review before a rehearsal may ask: it tries no permission, and runs no command. */
export function harmless(
  world: Pick<World, 'registry' | 'probe' | 'evidence'>,
): Pick<World, 'registry' | 'probe' | 'evidence'> {
  return {
    registry: {
      ...world.registry,
      mayWrite: async () => ({ ok: true, value: 'unknown' }),
      trialOf: () => undefined,
    },
    probe: harmlessProbe(world.probe),
    evidence: harmlessEvidence(world.evidence),
  };
}

async function pretended(
  clock: Clock,
  signal: AbortSignal,
): Promise<{ kind: 'exited'; code: number } | { kind: 'killed' }> {
  await clock.sleep(pretendedCommandMs, signal);
  return signal.aborted ? { kind: 'killed' } : { kind: 'exited', code: 0 };
}

type Written = Map<string, InstanceWrite>;
/** What of our own a real run would have registered: every node lists it at once. */
type Announced = Map<string, OwnInstance>;

function overlaid(
  registry: Registry,
  { written, announced }: { readonly written: Written; readonly announced: Announced },
  list: (request: RequestText) => void,
): Registry {
  const overlay = (instance: Instance): Instance => {
    const write = written.get(instanceKey(instance));
    if (write === undefined) return instance;
    const { enabled, weight } = write;
    return {
      ...instance,
      enabled,
      weight: write.instance.cluster === instance.cluster ? weight : instance.weight,
    };
  };
  return {
    nodeAddresses: registry.nodeAddresses,
    server: (options) => registry.server(options),
    namespaces: (options) => registry.namespaces(options),
    services: (namespace, pattern, options) => registry.services(namespace, pattern, options),
    service: (id, options) => registry.service(id, options),
    nodes: (options) => registry.nodes(options),
    mayWrite: async () => ({ ok: true, value: 'unknown' }),
    subscribers: (id, options) => registry.subscribers(id, options),
    consumers: (id, nodes, options) => registry.consumers(id, nodes, options),
    sameProcess: (instance, options) => registry.sameProcess(instance, options),
    serviceUpdateRequest: (detail) => registry.serviceUpdateRequest(detail),
    requestOf: (write) => registry.requestOf(write),
    close: () => registry.close(),
    instances: async (id, options) => {
      const answer = await registry.instances(id, options);
      if (!answer.ok) return answer;
      const own = [...announced.values()].filter(({ instance }) => serviceKey(instance) === serviceKey(id));
      if (own.length === 0 && answer.value === undefined) return answer;
      const items = [...(answer.value?.items.map(overlay) ?? []), ...own.map(asListed)];
      return { ok: true, value: { unreadable: [], ...answer.value, items } };
    },
    consumerView: async (id, options) => {
      const answer = await registry.consumerView(id, options);
      if (!answer.ok) return answer;
      const isHidden = (endpoint: Endpoint): boolean =>
        written.get(instanceKey({ ...id, ...endpoint }))?.enabled === false;
      const shown = answer.value.items.filter((endpoint) => !isHidden(endpoint));
      // Off until we put it on.
      const come = [...written.values()]
        .filter(
          ({ instance, enabled, mode }) => enabled && mode === 'registered' && isSameService(instance, id),
        )
        .map(({ instance: { ip, port } }) => ({ ip, port }))
        .filter((one) => !shown.some((other) => isSameEndpoint(other, one)));
      const items = [...shown, ...come];
      return { ok: true, value: { ...answer.value, items } };
    },
    write: async (write) => {
      list(registry.requestOf(write));
      written.set(instanceKey(write.instance), write);
      return { kind: 'accepted' };
    },
  };
}

function asListed({ instance, ...rest }: OwnInstance): Instance {
  return { ...instance, ...rest, healthy: true, ephemeral: true };
}
