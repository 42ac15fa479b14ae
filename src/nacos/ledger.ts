import { leaseService } from '../core/registry/lease.ts';
import type { NodeRequests } from '../core/event/event-parts.ts';
import type { RequestLog } from './http/attempt.ts';

export type Ledger = {
  readonly log: RequestLog;
  /** Sorted by node, then by kind. */
  asked(): readonly NodeRequests[];
};

/** Counts what is asked of each server node, by kind. */
export function openLedger(): Ledger {
  const counted = new Map<string, NodeRequests>();
  return {
    log: ({ method, url }, { error, status = 0, bytes = 0 }) => {
      const { origin, pathname, searchParams } = new URL(url);
      const kind = kindOf(method, pathname, searchParams.get('serviceName') ?? '');
      const key = `${origin} ${kind}`;
      const before = counted.get(key);
      const hasFailed = error !== undefined || status >= 400;
      counted.set(key, {
        node: origin,
        kind,
        count: (before?.count ?? 0) + 1,
        failed: (before?.failed ?? 0) + Number(hasFailed),
        bytes: (before?.bytes ?? 0) + bytes,
      });
    },
    asked: () => [...counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
  };
}

const kinds: readonly (readonly [ending: RegExp, kind: NodeRequests['kind']])[] = [
  [/\/(v1|v3\/client)\/ns\/instance\/list$/, 'consumers'],
  [/\/ns\/(catalog\/instances|catalog\/services|service\/list|instance\/list|instance)$/, 'lists'],
  [/\/ns\/service$/, 'settings'],
  [/\/(subscribers|client(\/.*)?)$/, 'subscribers'],
];

function kindOf(method: string, path: string, service: string): NodeRequests['kind'] {
  if (service.endsWith(leaseService)) return 'lease';
  if (method !== 'GET' && path.includes('/ns/')) return 'writes';
  return kinds.find(([ending]) => ending.test(path))?.[1] ?? 'server';
}
