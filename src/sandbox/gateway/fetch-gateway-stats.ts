import { request } from 'undici';
import { gatewayStatsSchema, type GatewayStats } from './load-count.ts';

/** The gateway's numbers from its address; nothing when it does not answer. */
export async function fetchGatewayStats(url: string): Promise<GatewayStats | undefined> {
  try {
    const answer = await request(url);
    return gatewayStatsSchema.safeParse(await answer.body.json()).data;
  } catch {
    return undefined;
  }
}
