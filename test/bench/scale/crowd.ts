import type { InstanceId } from '../../../src/core/registry/service.ts';

/** How many of each there are. */
export type Crowd = { readonly services: number; readonly instances: number };

/** What clients of Spring Cloud say of themselves, about as long as it is in the field. */
export const crowdMetadata = {
  'preserved.register.source': 'SPRING_CLOUD',
  version: '2026.11.3',
  zone: 'cn-north-1a',
};

/** The same every time, each with an address of its own. */
export function* crowdOf({ services, instances }: Crowd): Generator<InstanceId> {
  for (let index = 0; index < instances; index += 1) {
    const service = Math.floor((index * services) / instances);
    yield {
      ...serviceAt(service),
      cluster: 'DEFAULT',
      ip: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
      port: 8080,
    };
  }
}

export function serviceAt(index: number): Pick<InstanceId, 'namespace' | 'group' | 'service'> {
  const group = index % 4 === 3 ? 'DUBBO_GROUP' : 'DEFAULT_GROUP';
  return { namespace: 'public', group, service: `svc-${String(index).padStart(5, '0')}-orders-api` };
}
