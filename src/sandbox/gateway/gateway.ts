import { Agent, request } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../world/clock.ts';
import { countSent, newLoadCount, statsOf, type GatewayStats } from './load-count.ts';

export type GatewayOptions = {
  readonly nacos: string;
  readonly clock: Clock;
  readonly loads: readonly { readonly service: string; readonly perSecond: number }[];
  /** How long it keeps a list before it asks again; the reason why a rollout has to drain. */
  readonly refreshEveryMs: number;
};

export type Gateway = { stats(): GatewayStats; end(): Promise<void> };

const listSchema = z.object({ hosts: z.array(z.unknown()) });
const hostSchema = z.object({ ip: z.string(), port: z.int(), weight: z.number(), healthy: z.boolean() });
const answerSchema = z.object({ version: z.string() });
const timeoutMs = 2_000;

/** A choice by weighted round robin: each gains its weight, the richest is taken and pays for all. */
type Candidate = { readonly instance: string; readonly weight: number; credit: number };

/** Sends a steady load to services the way a real gateway does: from a list that is up to seconds old. */
export function startGateway({ nacos, clock, loads, refreshEveryMs }: GatewayOptions): Gateway {
  const count = newLoadCount();
  const agent = new Agent({ headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connectTimeout: timeoutMs });
  const ended = new AbortController();
  const { signal } = ended;

  const run = async ({ service, perSecond }: GatewayOptions['loads'][number]): Promise<void> => {
    const candidates = new Map<string, Candidate>();
    await refresh(nacos, service, candidates);
    let refreshAtMs = clock.monotonic() + refreshEveryMs;
    while (!signal.aborted) {
      if (clock.monotonic() >= refreshAtMs) {
        refreshAtMs = clock.monotonic() + refreshEveryMs;
        void refresh(nacos, service, candidates);
      }
      const instance = choose([...candidates.values()]);
      if (instance !== undefined) void send(service, instance);
      await clock.sleep(1000 / perSecond, signal);
    }
  };

  const send = async (service: string, instance: string): Promise<void> => {
    const outcome = await attempt(`http://${instance}/`, agent);
    if (!signal.aborted)
      countSent(count, { service, instance, ...outcome }, clock.monotonic(), clock.wallClock());
  };

  const runs = Promise.all(loads.map(run));
  return {
    stats: () => statsOf(count, clock.monotonic()),
    end: async () => {
      ended.abort();
      await runs;
      await agent.destroy();
    },
  };
}

async function attempt(
  url: string,
  agent: Agent,
): Promise<{ version: string | undefined; failure: string | undefined }> {
  try {
    const answer = await request(url, { dispatcher: agent });
    const { version } = answerSchema.parse(await answer.body.json());
    const isGood = answer.statusCode < 500;
    return { version, failure: isGood ? undefined : `HTTP ${answer.statusCode}` };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed';
    return { version: undefined, failure: code };
  }
}

/** A list that cannot be had leaves the old one in use. */
async function refresh(nacos: string, service: string, candidates: Map<string, Candidate>): Promise<void> {
  try {
    const query = new URLSearchParams({ serviceName: service, healthyOnly: 'true' });
    const answer = await request(`${nacos}/nacos/v1/ns/instance/list?${query.toString()}`);
    const { hosts } = listSchema.parse(await answer.body.json());
    const fresh = hosts
      .flatMap((host) => hostSchema.safeParse(host).data ?? [])
      .filter(({ weight }) => weight > 0)
      .map(({ ip, port, weight }) => ({ instance: `${ip}:${port}`, weight }));
    for (const gone of candidates.keys())
      if (!fresh.some(({ instance }) => instance === gone)) candidates.delete(gone);
    for (const { instance, weight } of fresh)
      candidates.set(instance, { instance, weight, credit: candidates.get(instance)?.credit ?? 0 });
  } catch {
    // The next refresh comes by itself.
  }
}

function choose(candidates: readonly Candidate[]): string | undefined {
  const total = candidates.reduce((sum, { weight }) => sum + weight, 0);
  for (const candidate of candidates) candidate.credit += candidate.weight;
  const [first, ...others] = candidates;
  if (!first) return undefined;
  const richest = others.reduce((best, one) => (one.credit > best.credit ? one : best), first);
  richest.credit -= total;
  return richest.instance;
}
