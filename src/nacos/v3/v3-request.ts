import type { InstanceId, ServiceId } from '../../core/registry/service.ts';
import type { InstanceWrite } from '../../world/registry.ts';
import { endpointQuery, type NacosRequest, serviceSubject } from '../http/request.ts';

export const v3Admin = '/v3/admin/ns';

export const v3Naming = (id: ServiceId): Record<string, string> => ({
  namespaceId: id.namespace,
  groupName: id.group,
  serviceName: id.service,
});

export function v3Read(path: string, id: ServiceId, more: Record<string, string> = {}): NacosRequest {
  return { method: 'GET', path, query: { ...v3Naming(id), ...more }, subject: serviceSubject(id, 'read') };
}

/** A read that needs the permission to write. */
export function v3DetailRequest(id: InstanceId): NacosRequest {
  const request = v3Read(`${v3Admin}/instance`, id, endpointQuery(id));
  return { ...request, subject: serviceSubject(id, 'write') };
}

/**
 * The partial update fails for what is not registered; it sets what it is not given to weight 1 and enabled, so both are
 * always sent. The full one leaves a mark for an instance that is absent.
 */
export function v3WriteRequest(write: InstanceWrite): NacosRequest {
  const { instance, enabled, weight, mode } = write;
  const state = { enabled: String(enabled), weight: String(weight) };
  return {
    method: 'PUT',
    path: mode === 'registered' ? `${v3Admin}/instance/partial` : `${v3Admin}/instance`,
    query: { ...v3Naming(instance), ...endpointQuery(instance), ...state },
    subject: serviceSubject(instance, 'write'),
  };
}
