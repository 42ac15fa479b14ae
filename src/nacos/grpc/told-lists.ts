import * as z from 'zod';
import type { ServiceId } from '../../core/registry/service.ts';
import type { Told } from '../../world/subscription.ts';
import { isAbout } from '../wire/named-service.ts';
import { endpointsFrom } from '../wire/wire.ts';

/** A client of Nacos takes no notice of a list without hosts; an empty one is another thing. */
const listWire = z.object({ serviceInfo: z.looseObject({ hosts: z.array(z.unknown()) }) });
const clusterWire = z.looseObject({ clusterName: z.string() });
const switchedOffWire = z.object({ enabled: z.literal(false) });

/** A service and who may be called for it, as a server told it; `undefined` for what is about none of these services. */
export function toldList(
  body: unknown,
  services: readonly ServiceId[],
): Pick<Told, 'service' | 'consumers' | 'clusters'> | undefined {
  const wire = listWire.safeParse(body);
  if (!wire.success) return undefined;
  const { serviceInfo } = wire.data;
  const service = services.find((id) => isAbout(id, serviceInfo));
  if (service === undefined) return undefined;
  // 2.0 answers a subscription with disabled ones among them, which its clients leave out.
  const hosts = serviceInfo.hosts.filter((host) => !switchedOffWire.safeParse(host).success);
  const clusters = hosts.flatMap((host) => clusterWire.safeParse(host).data?.clusterName ?? []);
  return { service, consumers: endpointsFrom(service, hosts), clusters: [...new Set(clusters)] };
}
