import { request } from 'undici';
import * as z from 'zod';
import type { Offered } from './cached-list.ts';
import { namingQuery, type ClientApi } from './client-api.ts';

const listSchema = z.union([
  z.object({ hosts: z.array(z.unknown()) }),
  z.object({ data: z.array(z.unknown()) }).transform(({ data }) => ({ hosts: data })),
]);
const hostSchema = z.object({ ip: z.string(), port: z.int(), weight: z.number(), healthy: z.boolean() });

/** Whom Nacos gives to consumers of a service (`GROUP@@name` for another group than the usual); nothing if it cannot be had. */
export async function fetchList(
  nacos: string,
  service: string,
  api: ClientApi,
): Promise<readonly Offered[] | undefined> {
  try {
    const query = new URLSearchParams({ ...namingQuery(service, api), healthyOnly: 'true' });
    const path = api === 'v1' ? '/v1/ns/instance/list' : '/v3/client/ns/instance/list';
    const answer = await request(`${nacos}/nacos${path}?${query.toString()}`);
    const { hosts } = listSchema.parse(await answer.body.json());
    return hosts
      .flatMap((host) => hostSchema.safeParse(host).data ?? [])
      .filter(({ weight }) => weight > 0)
      .map(({ ip, port, weight }) => ({ instance: `${ip}:${port}`, weight }));
  } catch {
    return undefined;
  }
}
