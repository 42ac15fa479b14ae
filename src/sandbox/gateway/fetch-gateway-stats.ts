import { request } from 'undici';
import * as z from 'zod';
import { gatewayStatsSchema } from './load-count.ts';

/** What the control says of the gateway. */
const answerSchema = gatewayStatsSchema.extend({
  /** How old the lists may be that it calls from. */
  cacheTtlMs: z.int(),
});

export type FetchedGateway = z.infer<typeof answerSchema>;

/** The gateway's numbers from its address; nothing when it does not answer. */
export async function fetchGatewayStats(url: string): Promise<FetchedGateway | undefined> {
  try {
    const answer = await request(url);
    return answerSchema.safeParse(await answer.body.json()).data;
  } catch {
    return undefined;
  }
}
