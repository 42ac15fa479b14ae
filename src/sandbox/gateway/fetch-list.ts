import { request } from 'undici';
import * as z from 'zod';
import type { Offered } from './cached-list.ts';

const listSchema = z.object({ hosts: z.array(z.unknown()) });
const hostSchema = z.object({ ip: z.string(), port: z.int(), weight: z.number(), healthy: z.boolean() });

/** Whom Nacos gives to consumers of a service (`GROUP@@name` for another group than the usual); nothing if it cannot be had. */
export async function fetchList(nacos: string, service: string): Promise<readonly Offered[] | undefined> {
  try {
    const query = new URLSearchParams({ serviceName: service, healthyOnly: 'true' });
    const answer = await request(`${nacos}/nacos/v1/ns/instance/list?${query.toString()}`);
    const { hosts } = listSchema.parse(await answer.body.json());
    return hosts
      .flatMap((host) => hostSchema.safeParse(host).data ?? [])
      .filter(({ weight }) => weight > 0)
      .map(({ ip, port, weight }) => ({ instance: `${ip}:${port}`, weight }));
  } catch {
    return undefined;
  }
}
