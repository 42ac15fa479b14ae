import * as z from 'zod';
import { stamp } from '../../core/text/stamp.ts';

const failureSchema = z.object({
  at: z.string(),
  service: z.string(),
  instance: z.string(),
  reason: z.string(),
});

/** What the gateway tells about its load; seconds run from the oldest of the last minute to the one under way. */
export const gatewayStatsSchema = z.object({
  requests: z.int(),
  failures: z.int(),
  perSecond: z.number(),
  services: z.array(
    z.object({
      service: z.string(),
      requests: z.int(),
      failures: z.int(),
      requestsBySecond: z.array(z.int()),
      failuresBySecond: z.array(z.int()),
    }),
  ),
  instances: z.array(
    z.object({
      service: z.string(),
      instance: z.string(),
      version: z.string(),
      requests: z.int(),
      failures: z.int(),
      perSecond: z.number(),
    }),
  ),
  versions: z.array(z.object({ service: z.string(), version: z.string(), requests: z.int() })),
  /** Newest first. */
  recentFailures: z.array(failureSchema),
});

export type GatewayStats = z.infer<typeof gatewayStatsSchema>;

export type Sent = {
  readonly service: string;
  readonly instance: string;
  /** What answered; unknown when nothing did. */
  readonly version: string | undefined;
  /** Why it failed; `undefined` when it did not. */
  readonly failure: string | undefined;
};

type Second = { requests: number; failures: number };
type Series = { requests: number; failures: number; seconds: Map<number, Second>; version: string };

export type LoadCount = {
  readonly all: Series;
  readonly services: Map<string, Series>;
  readonly instances: Map<string, Series & { service: string; instance: string }>;
  readonly versions: Map<string, { service: string; version: string; requests: number }>;
  readonly recentFailures: z.infer<typeof failureSchema>[];
};

const keptSeconds = 60;
const rateSeconds = 3;
const keptFailures = 20;

export function newLoadCount(): LoadCount {
  return {
    all: newSeries(),
    services: new Map(),
    instances: new Map(),
    versions: new Map(),
    recentFailures: [],
  };
}

export function countSent(count: LoadCount, sent: Sent, nowMs: number, wallMs: number): void {
  const { service, instance, version, failure } = sent;
  const second = Math.floor(nowMs / 1000);
  const perService = entry(count.services, service, newSeries);
  const perInstance = entry(count.instances, `${service} ${instance}`, () => ({
    ...newSeries(),
    service,
    instance,
  }));
  for (const series of [count.all, perService, perInstance]) add(series, second, failure !== undefined);
  if (version !== undefined) {
    perInstance.version = version;
    entry(count.versions, `${service} ${version}`, () => ({ service, version, requests: 0 })).requests += 1;
  }
  if (failure === undefined) return;
  count.recentFailures.unshift({ at: stamp(wallMs), service, instance, reason: failure });
  count.recentFailures.length = Math.min(count.recentFailures.length, keptFailures);
}

export function statsOf(count: LoadCount, nowMs: number): GatewayStats {
  const second = Math.floor(nowMs / 1000);
  const { requests, failures } = count.all;
  return {
    requests,
    failures,
    perSecond: rate(count.all, second),
    services: [...count.services].map(([service, series]) => ({
      service,
      requests: series.requests,
      failures: series.failures,
      requestsBySecond: bySecond(series, second, 'requests'),
      failuresBySecond: bySecond(series, second, 'failures'),
    })),
    instances: [...count.instances.values()].map((series) => ({
      service: series.service,
      instance: series.instance,
      version: series.version,
      requests: series.requests,
      failures: series.failures,
      perSecond: rate(series, second),
    })),
    versions: [...count.versions.values()],
    recentFailures: count.recentFailures,
  };
}

function newSeries(): Series {
  return { requests: 0, failures: 0, seconds: new Map(), version: '' };
}

function add(series: Series, second: number, isFailure: boolean): void {
  const current = entry(series.seconds, second, () => ({ requests: 0, failures: 0 }));
  for (const tally of [series, current]) {
    tally.requests += 1;
    if (isFailure) tally.failures += 1;
  }
  for (const old of series.seconds.keys()) if (old <= second - keptSeconds) series.seconds.delete(old);
}

function bySecond(series: Series, second: number, what: keyof Second): number[] {
  return Array.from(
    { length: keptSeconds },
    (_, index) => series.seconds.get(second - keptSeconds + 1 + index)?.[what] ?? 0,
  );
}

/** Over the last whole seconds: the one under way would drag it down. */
function rate(series: Series, second: number): number {
  const whole = Array.from({ length: rateSeconds }, (_, index) => second - 1 - index);
  const sum = whole.reduce((total, one) => total + (series.seconds.get(one)?.requests ?? 0), 0);
  return Math.round((sum / rateSeconds) * 10) / 10;
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
