import type { InstanceId, ServiceId } from '../../core/registry/service.ts';
import type { InstanceWrite, ServerInfo } from '../../world/registry.ts';
import { endpointQuery, type NacosRequest, serviceSubject } from '../http/request.ts';
import { fullName, isUnmistakable, splitName } from '../../core/registry/service-name.ts';

/** 1.4 takes a full update by another client than its own as a registration. */
const javaAgent = 'Nacos-Java-Client:v1.4.8';

/**
 * Whether v1 takes its full name for this service: 2.x cuts it at every `@@`, and what comes after the second one is lost.
 */
export const mayNameInV1 = (id: ServiceId): boolean =>
  isUnmistakable(id) && splitName(id.service).service === id.service && !id.service.startsWith('@@');

/** How v1 names a service; it has no parameter for the group. */
export const v1Naming = (id: ServiceId): Record<string, string> => ({
  namespaceId: id.namespace,
  serviceName: fullName(id),
});

export function v1Read(path: string, id: ServiceId, more: Record<string, string> = {}): NacosRequest {
  return { method: 'GET', path, query: { ...v1Naming(id), ...more }, subject: serviceSubject(id, 'read') };
}

/**
 * `PATCH` fails for what is not registered and keeps metadata, on 1.4 too; the weight is sent because 2.x sets 1 otherwise.
 * `PUT` leaves a mark for an instance that is absent. Metadata is never sent: on 2.x it would hide what the next
 * version registers.
 */
export function v1WriteRequest(write: InstanceWrite, info: ServerInfo): NacosRequest {
  const { instance, enabled, weight, mode } = write;
  const request: NacosRequest = {
    method: mode === 'registered' ? 'PATCH' : 'PUT',
    path: '/v1/ns/instance',
    query: {
      ...v1Naming(instance),
      ...endpointQuery(instance),
      enabled: String(enabled),
      weight: String(weight),
    },
    subject: serviceSubject(instance, 'write'),
  };
  return info.traits.needsJavaAgent ? { ...request, userAgent: javaAgent } : request;
}

/** No instance has port 1 on this address: 2.x says so to whoever may write, and changes nothing. */
export function v1TrialRequest(instance: InstanceId, info: ServerInfo): NacosRequest | undefined {
  if (!info.traits.mayMarkAbsent || instance.ip === '0.0.0.0') return undefined;
  return {
    method: 'PATCH',
    path: '/v1/ns/instance',
    query: { ...v1Naming(instance), clusterName: instance.cluster, ip: '0.0.0.0', port: '1' },
    subject: serviceSubject(instance, 'write'),
  };
}
