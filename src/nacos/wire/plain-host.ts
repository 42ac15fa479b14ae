import type { ServiceId } from '../../core/registry/service.ts';
import { fullName } from '../../core/registry/service-name.ts';
import { isSaid, portMax, weightMax } from './records.ts';

// Records as servers mostly say them, told by hand: a list may hold a hundred thousand. What is not plain is for the
// schemas to read, which say what is wrong with it.

export type PlainHost = {
  readonly ip: string;
  readonly port: number;
  readonly weight: number;
  readonly enabled: boolean;
  readonly healthy?: boolean | null;
  readonly valid?: boolean | null;
  readonly ephemeral?: boolean | null;
  readonly clusterName?: string | null;
};

/** What `hostWire` takes, and nothing that it does not. */
export function isPlainHost(host: unknown): host is PlainHost {
  if (!isObject(host)) return false;
  const { ip, port, weight, enabled, healthy, valid, ephemeral, clusterName, metadata } = host;
  return (
    isWord(ip) &&
    Number.isInteger(port) &&
    isWithin(port, portMax) &&
    isWithin(weight, weightMax) &&
    typeof enabled === 'boolean' &&
    (isSaid(healthy) || isSaid(valid)) &&
    [healthy, valid, ephemeral].every((said) => !isSaid(said) || typeof said === 'boolean') &&
    (!isSaid(clusterName) || isText(clusterName)) &&
    (!isSaid(metadata) || isObject(metadata))
  );
}

/** A plain host that names this service in full, and keeps texts only, as Nacos does. */
export function isPlainInstance(
  id: ServiceId,
  record: unknown,
): record is PlainHost & { readonly metadata: Readonly<Record<string, string>> } {
  if (!isPlainHost(record)) return false;
  const { serviceName, groupName, namespaceId, metadata }: Fields = record;
  return (
    serviceName === fullName(id) &&
    !isSaid(groupName) &&
    !isSaid(namespaceId) &&
    isObject(metadata) &&
    Object.values(metadata).every(isText)
  );
}

export type Fields = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isText = (value: unknown): value is string => typeof value === 'string';
export const isWord = (value: unknown): value is string => isText(value) && /\S/.test(value);
const isWithin = (value: unknown, max: number): boolean =>
  typeof value === 'number' && value >= 0 && value <= max;
