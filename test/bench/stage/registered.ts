import { z } from 'zod';
import { fetchText } from '../../support/servers/fetch-text.ts';
import { until } from '../../support/time/until.ts';

/** What every instance begins with, and must have again in the end. */
export const weight = 5;

const listSchema = z.object({
  list: z.array(
    z.object({ port: z.number(), weight: z.number(), enabled: z.boolean(), healthy: z.boolean() }),
  ),
});

export type Registered = z.infer<typeof listSchema>['list'][number];

export type RegisteredOptions = {
  /** Of Nacos. */
  readonly url: string;
  readonly service: string;
};

/** The instances as Nacos lists them, those that are off too, by port. */
export async function registered({ url, service }: RegisteredOptions): Promise<readonly Registered[]> {
  const query = `serviceName=${service}&clusterName=DEFAULT&pageNo=1&pageSize=100`;
  const { status, text } = await fetchText(`${url}/nacos/v1/ns/catalog/instances?${query}`);
  if (status !== 200) return [];
  return listSchema.parse(JSON.parse(text)).list.sort((one, other) => one.port - other.port);
}

/** Puts right what a method left, and waits until Nacos shows it. */
export async function putRight(options: RegisteredOptions, ports: readonly number[]): Promise<void> {
  const isRight = async (): Promise<boolean> => {
    const listed = await registered(options);
    return (
      listed.length === ports.length &&
      listed.every((one) => one.enabled && one.healthy && one.weight === weight)
    );
  };
  if (await isRight()) return;
  for (const port of ports) {
    const query = `serviceName=${options.service}&ip=127.0.0.1&port=${port}&enabled=true&weight=${weight}`;
    await fetchText(`${options.url}/nacos/v1/ns/instance?${query}`, { method: 'PUT' });
  }
  await until(isRight, 200);
}
