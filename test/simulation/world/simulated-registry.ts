import { type Listed, allRead } from '../../../src/core/registry/listed.ts';
import type { RegistryError } from '../../../src/core/registry/registry-error.ts';
import {
  type Instance,
  type ServiceSummary,
  endpointText,
  instanceKey,
  serviceId,
  serviceKey,
} from '../../../src/core/registry/service.ts';
import type {
  Answer,
  InstanceWrite,
  ReadOptions,
  Registry,
  WriteOutcome,
} from '../../../src/world/registry.ts';
import { type GroundTruth, type Seen, type Slot, seenOf } from './ground-truth.ts';
import type { Viewer } from './node-views.ts';
import { isNow, isWithin } from '../scenario/faults.ts';
import {
  type ProcessEnvironment,
  type Parts,
  timeoutMs,
  noLeader,
  refusedAt,
  timedOut,
  failed,
  noteTrouble,
} from './registry-trouble.ts';

/** Raft may apply a write this long after it timed out; the engine waits for 12 s. */
const latestMs = 11_500;

/** The registry port over the ground truth: lagging lists, and the weather between us and them. */
export function simulatedRegistry(house: ProcessEnvironment): Registry {
  let count = 0;
  const parts: Parts = { ...house, spoilt: [], sentCount: () => (count += 1) };
  const { truth, nodes } = parts;
  const traits = {
    remembersMs: truth.remembers ? 60_000 : 0,
    isHidingDisabled: false,
    mayMarkAbsent: truth.remembers,
    needsJavaAgent: !truth.remembers,
    keepsEveryWeight: true,
    isLeaderKnown: true,
    hasV1Client: true,
  };
  const version = truth.remembers ? '2.2.4' : '1.4.6';
  const nodeOf = (options: ReadOptions | undefined): number => nodes.indexOf(options?.node ?? nodes[0] ?? '');
  return {
    nodeAddresses: nodes,
    server: async () => ({ ok: true, value: { product: 'nacos', version, dialect: 'v1', traits } }),
    namespaces: async () => ({ ok: true, value: allRead([]) }),
    services: async (namespace) => ({ ok: true, value: allRead(servicesOf(truth, namespace)) }),
    service: async (id) => ({ ok: true, value: { ...id, protectThreshold: 0, selector: '', clusters: [] } }),
    instances: (id, options) => {
      const node = nodeOf(options);
      const service = serviceKey(id);
      return readFrom(parts, node, () =>
        truth.hasService(service) ? listed(parts, node, service) : undefined,
      );
    },
    consumerView: (id, options) => {
      const node = nodeOf(options);
      return readFrom(parts, node, () => allRead(given(parts, node, serviceKey(id))));
    },
    write: (write) => carryOut(parts, write),
    requestOf: (write) => ({ method: 'PATCH', url: endpointText(write.instance), hasToken: false }),
    nodes: async () => ({ ok: true, value: allRead([]) }),
    mayWrite: async () => ({ ok: true, value: 'unknown' }),
    subscribers: async () => ({ ok: true, value: [] }),
    consumers: async () => ({ ok: true, value: [] }),
    sameProcess: async () => ({ ok: true, value: undefined }),
    serviceUpdateRequest: (detail) => ({ method: 'PUT', url: detail.service, hasToken: false }),
    close: async () => undefined,
  };
}

function servicesOf(truth: GroundTruth, namespace: string): readonly ServiceSummary[] {
  const registered = [...truth.slots.values()].filter((slot) => slot.registered !== undefined);
  return [...Map.groupBy(registered, ({ service }) => service).values()].flatMap(([slot]) =>
    slot?.id.namespace === namespace ? [{ ...serviceId(slot.id), on: 0, off: 0, ill: 0 }] : [],
  );
}

async function readFrom<T>(parts: Parts, node: number, look: () => T): Promise<Answer<T>> {
  const { clock, random, weather } = parts;
  const silent = weather.silent.find((window) => window.node === node && isNow(clock, window));
  if (silent !== undefined) return silent.isQuick ? refusedAt(parts, silent.fromMs) : timedOut(parts);
  if (clock.monotonic() >= weather.calmFromMs) return { ok: true, value: look() };
  if (random.chance(weather.lostReads)) return timedOut(parts);
  const value = look();
  if (random.chance(weather.slowReads)) {
    await clock.sleep(random.int(1, 2000));
    noteTrouble(parts);
  }
  return { ok: true, value };
}

function seenBy(parts: Parts, viewer: Viewer, service: string): readonly [Slot, Seen][] {
  parts.views.settle(viewer);
  let found = viewer.said.get(service);
  if (found === undefined) {
    found = [...viewer.shown].filter(
      (entry): entry is [Slot, Seen] => entry[1] !== undefined && entry[0].service === service,
    );
    viewer.said.set(service, found);
  }
  return found;
}

function listed(parts: Parts, node: number, service: string): Listed<Instance> {
  const { clock, weather } = parts;
  const garbled = [...weather.garbled, ...parts.spoilt]
    .filter((window) => (window.node ?? node) === node && isNow(clock, window))
    .map(({ instance }) => instanceKey(instance));
  const isGarbled = ([slot]: [Slot, Seen]): boolean => garbled.includes(slot.key);
  const viewer = parts.views.list(node);
  const seen = seenBy(parts, viewer, service);
  for (const [slot] of seen) viewer.unread.delete(slot);
  for (const [slot] of seen.filter(isGarbled)) viewer.unread.add(slot);
  const items = seen
    .filter((one) => !isGarbled(one))
    .map(([slot, shown]) => ({
      ...slot.id,
      enabled: shown.enabled,
      healthy: shown.isHealthy,
      weight: shown.weight,
      ephemeral: true,
      metadata: shown.metadata,
    }));
  const unreadable = seen
    .filter(isGarbled)
    .map(([{ id }]) => ({ ip: id.ip, port: id.port, field: 'weight' }));
  const strangers = Array.from({ length: weather.strangers }, () => ({ port: 8080, field: 'ip' }));
  return { items, unreadable: [...unreadable, ...strangers] };
}

function given(parts: Parts, node: number, service: string): { ip: string; port: number }[] {
  return seenBy(parts, parts.views.consumers(node), service)
    .filter(([, seen]) => seen.enabled)
    .map(([slot]) => ({ ip: slot.id.ip, port: slot.id.port }));
}

function spoil({ clock, weather, spoilt, sentCount }: Parts, { instance }: InstanceWrite): void {
  const number = sentCount();
  const fromMs = clock.monotonic();
  for (const { node, forMs } of weather.spoilingWrites.filter((one) => one.number === number))
    spoilt.push({ fromMs, toMs: fromMs + forMs, node, instance });
}

/** Sends a write through the weather. */
async function carryOut(parts: Parts, write: InstanceWrite): Promise<WriteOutcome> {
  const { clock, random, truth, weather, witness } = parts;
  const slot = truth.slotOf(write.instance);
  witness.sent(slot, write);
  spoil(parts, write);
  const apply = (): boolean => applied(parts, slot, write);
  const applyAfter = (ms: number): void => clock.after(ms, apply);
  await clock.sleep(random.int(2, 60));
  const isCalm = clock.monotonic() >= weather.calmFromMs;
  if (!isCalm && isWithin(clock, weather.leaderless)) return leaderless(parts, applyAfter);
  const fate = isCalm ? 1 : random.float();
  const { refused, unanswered: mute, late, lost } = weather.writes;
  if (fate < refused) return { kind: 'refused', ...(await refusedAt(parts, clock.monotonic())) };
  if (fate < refused + mute + late + lost) {
    if (fate < refused + mute) apply();
    // Repeated by a proxy: once now, once late.
    if (fate < refused + mute + late && random.chance(0.8)) applyAfter(timeoutMs + random.int(0, latestMs));
    return { kind: 'unknown', ...(await timedOut(parts)) };
  }
  if (!apply()) return { kind: 'refused', error: missing(parts, slot) };
  await clock.sleep(random.int(2, 20));
  return { kind: 'accepted' };
}

async function leaderless(parts: Parts, applyAfter: (ms: number) => void): Promise<WriteOutcome> {
  const { clock, random } = parts;
  noteTrouble(parts);
  if (random.chance(0.7)) return { kind: 'refused', ...failed(parts, noLeader) };
  if (random.chance(0.5)) applyAfter(random.int(1000, 5900 + latestMs));
  await clock.sleep(5900);
  return { kind: 'unknown', ...failed(parts, noLeader) };
}

function applied(parts: Parts, slot: Slot, write: InstanceWrite): boolean {
  const { truth, witness } = parts;
  const before = seenOf(slot);
  if (write.mode === 'registered' && before === undefined) return false;
  const { enabled, weight } = write;
  // Sent before it is applied, so that whoever listens to the truth knows what is coming.
  const isApplied = truth.write(slot, { enabled, weight }, 'us', 'write');
  if (isApplied) witness.applied(slot, write, before);
  return isApplied;
}

function missing(parts: Parts, slot: Slot): RegistryError {
  return parts.truth.hasService(slot.service)
    ? { kind: 'instance-missing', instance: endpointText(slot.id) }
    : { kind: 'service-missing', service: slot.service };
}
