import type { Clock } from '../../world/clock.ts';
import type { Metric, Sample } from './metric.ts';

/** Counts the calls that reach one application since it was started, as Micrometer does in Spring Boot 3. */
export type CallMeter = {
  /** A call begins; what it gives back ends it. */
  begin(method: string): (end: { readonly uri: string; readonly status: number }) => void;
  /** `http.server.requests`, without a sample before the first call has ended. */
  requests(): Metric;
  /** `http.server.requests.active`: whoever asks by HTTP is one of them. */
  active(): Metric;
  readonly activeCount: number;
};

type Timed = { readonly tags: Sample['tags']; count: number; totalMs: number; maxMs: number };

export function newCallMeter(clock: Clock): CallMeter {
  const ended = new Map<string, Timed>();
  const underWay = new Set<{ readonly method: string; readonly sinceMs: number }>();
  return {
    begin: (method) => {
      const call = { method, sinceMs: clock.monotonic() };
      underWay.add(call);
      return ({ uri, status }) => {
        underWay.delete(call);
        const tags = tagsOf(method, uri, status);
        const key = JSON.stringify(tags);
        const timed = ended.get(key) ?? { tags, count: 0, totalMs: 0, maxMs: 0 };
        const tookMs = clock.monotonic() - call.sinceMs;
        timed.count += 1;
        timed.totalMs += tookMs;
        timed.maxMs = Math.max(timed.maxMs, tookMs);
        ended.set(key, timed);
      };
    },
    requests: () => ({
      name: 'http.server.requests',
      baseUnit: 'seconds',
      samples: [...ended.values()].map(({ tags, count, totalMs, maxMs }) => ({
        tags,
        values: { COUNT: count, TOTAL_TIME: totalMs / 1000, MAX: maxMs / 1000 },
      })),
    }),
    active: () => ({
      name: 'http.server.requests.active',
      baseUnit: 'seconds',
      samples: [...underWay].map(({ method, sinceMs }) => ({
        // Its tags are those of the beginning, when neither handler nor outcome is known.
        tags: { exception: 'none', method, uri: 'UNKNOWN', outcome: 'SUCCESS', status: '200' },
        values: { ACTIVE_TASKS: 1, DURATION: (clock.monotonic() - sinceMs) / 1000 },
      })),
    }),
    get activeCount() {
      return underWay.size;
    },
  };
}

function tagsOf(method: string, uri: string, status: number): Sample['tags'] {
  const outcome = status < 400 ? 'SUCCESS' : status < 500 ? 'CLIENT_ERROR' : 'SERVER_ERROR';
  return { exception: 'none', method, error: 'none', uri, outcome, status: String(status) };
}
