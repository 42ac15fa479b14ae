import * as z from 'zod';
import { defaultNamespace, type ServiceId } from '../../core/registry/service.ts';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import { fullName, splitName } from '../../core/registry/service-name.ts';
import type { Answer } from '../../world/registry.ts';
import type { Reply } from '../http/transport.ts';

const text = z.string().nullish().catch(undefined);
/** How an answer, or a record in it, names its service: in full, or with the group beside the name. */
export const namesShape = {
  namespaceId: text,
  groupName: text,
  serviceName: text,
  name: text,
  service: text,
} as const;
const namesWire = z.object(namesShape).catch({});

/** Whether a record names this service. One that names none says so only of a service that no other can be taken for. */
export function isAbout(id: ServiceId, record: unknown): boolean {
  const { namespaceId, groupName, serviceName, name, service } = namesWire.parse(record);
  if (namespaceId && namespaceId !== (id.namespace || defaultNamespace)) return false;
  if (groupName && groupName !== id.group) return false;
  const said = serviceName ?? name ?? service ?? '';
  const isLikeNoOther = splitName(id.service).service === id.service;
  if (said === '') return isLikeNoOther;
  return said === fullName(id) || (said === id.service && (isLikeNoOther || groupName === id.group));
}

/** Nobody needs more of a name to see that it is another one. */
const namedMax = 300;

function namedIn(record: unknown): string {
  const { namespaceId, groupName, serviceName, name, service } = namesWire.parse(record);
  const said = serviceName ?? name ?? service ?? '';
  const grouped = groupName && splitName(said).group === undefined ? `${groupName}@@${said}` : said;
  return namespaceId ? `${grouped} (${namespaceId})` : grouped;
}

/**
 * An error where an answer is about another service than the one that was asked for: as it says itself in `whole`, or else
 * by every record in it. One record of another service among others is one that cannot be read.
 */
export function checkNamed(
  id: ServiceId,
  reply: Reply,
  records: readonly unknown[],
  whole?: unknown,
): Answer<undefined> {
  const judged = namedIn(whole) === '' ? records : [whole];
  const [other] = judged;
  if (judged.length === 0 || judged.some((record) => isAbout(id, record)))
    return { ok: true, value: undefined };
  const { address, path } = reply;
  const answered = namedIn(other).slice(0, namedMax);
  return { ok: false, error: { kind: 'other-service', address, path, asked: fullName(id), answered } };
}

export function notAddressable(id: ServiceId): RegistryError {
  return { kind: 'not-addressable', service: fullName(id) };
}
