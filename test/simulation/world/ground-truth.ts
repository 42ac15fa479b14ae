import { type InstanceId, defaultCluster, serviceKey } from '../../../src/core/registry/service.ts';
import type { VirtualClock } from '../../support/time/virtual-clock.ts';
import type { Random } from '../scenario/random.ts';

/** What an instance said of itself when it registered. */
export type Registered = {
  readonly weight: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly isHealthy: boolean;
};

/** What a write laid over it. */
type Override = { readonly enabled: boolean; readonly weight: number; readonly by: 'us' | 'person' };

export type Slot = {
  readonly id: InstanceId;
  readonly key: string;
  readonly service: string;
  registered: Registered | undefined;
  /** Those that it ever registered with. */
  readonly weights: Set<number>;
  override: Override | undefined;
  /** Where the server lays nothing over it, a write changes the registration itself. */
  forgetsAtMs: number | undefined;
};

/** As every server node would show it, were there no lag. */
export type Seen = {
  readonly enabled: boolean;
  readonly isHealthy: boolean;
  readonly weight: number;
  readonly metadata: Readonly<Record<string, string>>;
};

export type Why = 'write' | 'click' | 'flip' | 'weighed' | 'registered' | 'left' | 'health' | 'forgotten';

type Change = { readonly enabled: boolean; readonly weight: number };

export type GroundTruth = ReturnType<typeof createGroundTruth>;

const serviceLivesEmptyMs = 60_000;

/**
 * The registry as it really is. With `remembers`, as Nacos 2.x and 3.x: writes lie over the registration and outlive it
 * by 60 to 65 s; a write to an absent instance leaves a mark. Without, as 1.4: a write is gone with the registration.
 */
export function createGroundTruth(clock: VirtualClock, random: Random, remembers: boolean) {
  const slots = new Map<string, Slot>();
  const emptySince = new Map<string, number>();
  const listeners: ((slot: Slot, why: Why, before: Seen | undefined) => void)[] = [];

  const slotOf = (id: InstanceId): Slot => {
    // Two spellings of one address are two instances to Nacos, and what is written lies over one cluster.
    const where = id.cluster === defaultCluster ? '' : ` ${id.cluster}`;
    const key = `${serviceKey(id)}#${id.ip}:${id.port}${where}`;
    let slot = slots.get(key);
    if (slot === undefined) {
      slot = {
        id,
        key,
        service: serviceKey(id),
        registered: undefined,
        weights: new Set(),
        override: undefined,
        forgetsAtMs: undefined,
      };
      slots.set(key, slot);
    }
    return slot;
  };

  const change = (slot: Slot, why: Why, act: () => void): void => {
    const before = seenOf(slot);
    act();
    for (const listener of listeners) listener(slot, why, before);
  };

  const noteEmpty = (service: string): void => {
    const isEmpty = [...slots.values()].every((slot) => slot.service !== service || !slot.registered);
    if (!isEmpty) emptySince.delete(service);
    else if (!emptySince.has(service)) emptySince.set(service, clock.monotonic() + random.int(0, 60_000));
  };

  const hasService = (service: string): boolean => {
    const since = emptySince.get(service);
    if (since === undefined || clock.monotonic() - since < serviceLivesEmptyMs) return true;
    for (const slot of slots.values())
      if (slot.service === service && slot.override)
        change(slot, 'forgotten', () => (slot.override = undefined));
    return false;
  };

  const deregister = (slot: Slot): void => {
    if (slot.registered === undefined) return;
    change(slot, 'left', () => {
      slot.registered = undefined;
      if (!remembers) slot.override = undefined;
    });
    noteEmpty(slot.service);
    if (!remembers) return;
    const forgetsAtMs = clock.monotonic() + 60_000 + random.int(0, 5000);
    slot.forgetsAtMs = forgetsAtMs;
    clock.after(forgetsAtMs - clock.monotonic(), () => {
      if (slot.forgetsAtMs !== forgetsAtMs) return;
      slot.forgetsAtMs = undefined;
      change(slot, 'forgotten', () => (slot.override = undefined));
    });
  };

  return {
    remembers,
    slots,
    slotOf,
    hasService,
    deregister,
    onChange: (listener: (slot: Slot, why: Why, before: Seen | undefined) => void): void => {
      listeners.push(listener);
    },
    register: (slot: Slot, registered: Registered): void => {
      hasService(slot.service);
      change(slot, 'registered', () => {
        slot.registered = registered;
        slot.weights.add(registered.weight);
        slot.forgetsAtMs = undefined;
      });
      noteEmpty(slot.service);
    },
    setHealth: (slot: Slot, isHealthy: boolean): void => {
      const { registered } = slot;
      if (registered) change(slot, 'health', () => (slot.registered = { ...registered, isHealthy }));
    },
    /** Whether it was applied; `false` where there is nothing to apply it to. */
    write: (
      slot: Slot,
      wish: Change,
      by: 'us' | 'person',
      why: 'write' | 'click' | 'flip' | 'weighed',
    ): boolean => {
      if (!hasService(slot.service)) return false;
      if (!remembers && slot.registered === undefined) return false;
      change(slot, why, () => (slot.override = { ...wish, by }));
      return true;
    },
    /** The server slips: what was written is gone. */
    forget: (slot: Slot): void => change(slot, 'flip', () => (slot.override = undefined)),
  };
}

export function seenOf(slot: Slot): Seen | undefined {
  const { registered, override } = slot;
  if (registered === undefined) return undefined;
  return {
    enabled: override?.enabled ?? true,
    isHealthy: registered.isHealthy,
    weight: override?.weight ?? registered.weight,
    metadata: registered.metadata,
  };
}

export function isServing(seen: Seen | undefined): boolean {
  return seen !== undefined && seen.enabled && seen.isHealthy && seen.weight > 0;
}

/** Off, or to come back off, because of a write of ours. */
export function isOffBecauseOfUs(slot: Slot): boolean {
  return slot.override?.by === 'us' && !slot.override.enabled;
}
