import { bearsName, servicesMeant } from '../core/registry/meant.ts';
import type { RegistryError } from '../core/registry/registry-error.ts';
import type { ServiceId } from '../core/registry/service.ts';
import { fullName } from '../core/registry/service-name.ts';
import type { ReadOptions, Registry } from './registry.ts';

/**
 * Why a service that a person typed is not there: its namespace is none, or what else may have been meant. A few reads,
 * so nothing for what is asked every second; where they fail, the service is missing and no more is said.
 */
export async function whyServiceMissing(
  registry: Pick<Registry, 'services' | 'namespaces'>,
  id: ServiceId,
  options: ReadOptions = {},
): Promise<Extract<RegistryError, { kind: 'service-missing' | 'namespace-missing' }>> {
  const missing = { kind: 'service-missing', service: fullName(id) } as const;
  const listed = await registry.services(id.namespace, '', options);
  if (!listed.ok) return listed.error.kind === 'namespace-missing' ? listed.error : missing;
  const similar = servicesMeant(id, listed.value.items).map(fullName);
  const isEmpty = listed.value.isNamespaceUnproven === true;
  const isThere = listed.value.items.some((one) => bearsName(one, id.service));
  const elsewhere = isThere ? undefined : await namespaceWith(registry, id, options);
  return {
    ...missing,
    similar,
    ...(elsewhere !== undefined && { elsewhere }),
    ...(isEmpty && { unproven: id.namespace }),
  };
}

/** The other namespace, if that has it. Of several none is searched: each would be a request. */
async function namespaceWith(
  registry: Pick<Registry, 'services' | 'namespaces'>,
  id: ServiceId,
  options: ReadOptions,
): Promise<string | undefined> {
  const namespaces = await registry.namespaces(options);
  const others = namespaces.ok ? namespaces.value.items.filter((one) => one.id !== id.namespace) : [];
  const [other] = others;
  if (other === undefined || others.length > 1) return undefined;
  const listed = await registry.services(other.id, id.service, options);
  const isThere = listed.ok && listed.value.items.some((one) => bearsName(one, id.service));
  return isThere ? other.id : undefined;
}
