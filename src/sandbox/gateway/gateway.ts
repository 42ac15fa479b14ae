import { Agent, request } from 'undici';
import * as z from 'zod';
import type { Clock } from '../../world/clock.ts';
import { cachedList } from './cached-list.ts';
import type { ClientApi } from './client-api.ts';
import { fetchList } from './fetch-list.ts';
import { countSent, newLoadCount, statsOf, type GatewayStats } from './load-count.ts';
import { weightedChoice } from './weighted-choice.ts';

/** The calls of one consumer to one service. */
export type Load = {
  /** As Nacos names it: `orders`, `GROUP@@name`. */
  readonly service: string;
  readonly path: string;
  /** How often it calls, asked before every call; 0: not now. */
  readonly perSecond: () => number;
  /** How old a list it calls from may be (`cachedList`); the reason why a rollout has to drain. */
  readonly ttlMs: () => number;
};

export type GatewayOptions = {
  readonly nacos: string;
  readonly clock: Clock;
  readonly loads: readonly Load[];
  /** How the lists are asked for: v1 unless said otherwise. */
  readonly api?: ClientApi;
};

export type Gateway = { stats(): GatewayStats; end(): Promise<void> };

const answerSchema = z.object({ version: z.string() });
const timeoutMs = 2_000;
/** How soon a load that stands still notices that it is to call again. */
const noticeMs = 500;

/** Sends steady loads to services the way real consumers do: each from a list of its own that is up to seconds old. */
export function startGateway({ nacos, clock, loads, api = 'v1' }: GatewayOptions): Gateway {
  const count = newLoadCount();
  const agent = new Agent({ headersTimeout: timeoutMs, bodyTimeout: timeoutMs, connectTimeout: timeoutMs });
  const ended = new AbortController();
  const { signal } = ended;

  const run = async (load: Load): Promise<void> => {
    const { service, path, ttlMs } = load;
    const list = cachedList({ fetch: () => fetchList(nacos, service, api), clock, ttlMs });
    const choose = weightedChoice();
    const call = async (): Promise<void> => {
      const instance = choose(await list.read());
      if (instance === undefined || signal.aborted) return;
      const outcome = await attempt(`http://${instance}${path}`, agent);
      if (!signal.aborted)
        countSent(count, { service, instance, ...outcome }, clock.monotonic(), clock.wallClock());
    };
    let calledAtMs = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      const perSecond = load.perSecond();
      const waitMs = perSecond > 0 ? calledAtMs + 1000 / perSecond - clock.monotonic() : Infinity;
      if (waitMs > 0) await clock.sleep(Math.min(waitMs, noticeMs), signal);
      else {
        calledAtMs = clock.monotonic();
        void call();
      }
    }
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
