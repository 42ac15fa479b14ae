import * as z from 'zod';
import {
  defaultCluster,
  defaultGroup,
  defaultNamespace,
  type InstanceId,
  type ServiceId,
} from '../../core/registry/service.ts';
import type { InstanceChange } from '../registry/registry-writes.ts';
import type { Reply } from './reply.ts';
import { parameter, type SandboxRequest } from './sandbox-request.ts';
import type { ApiAnswers } from './api-answers.ts';

/** What a request asks for, or the answer that tells it what is wrong. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reply: Reply };

const portMax = 65_535;

const stringsSchema = z.record(z.string(), z.string().nullable());

export function namespaceOf(request: SandboxRequest): string {
  return parameter(request, 'namespaceId') ?? defaultNamespace;
}

/**
 * `GROUP@@name` is understood by v1 alone, which cuts it at every `@@` and takes the first two pieces; for v3 it is a
 * name like any other.
 */
export function readServiceId(
  request: SandboxRequest,
  wording: ApiAnswers,
  isGroupInName: boolean,
): Read<ServiceId> {
  const name = parameter(request, 'serviceName');
  if (name === undefined) return refused(wording.missingParameter('serviceName', 'String'));
  const namespace = namespaceOf(request);
  if (isGroupInName && name.includes('@@')) {
    const [cutGroup = '', service = ''] = name.trim().split('@@');
    return cutGroup === '' || /^@*$/.test(name.slice(cutGroup.length))
      ? refused(wording.blankName())
      : { ok: true, value: { namespace, group: cutGroup, service } };
  }
  const group = parameter(request, 'groupName') ?? defaultGroup;
  return { ok: true, value: { namespace, group, service: name } };
}

export function readInstanceId(
  request: SandboxRequest,
  wording: ApiAnswers,
  isGroupInName: boolean,
): Read<InstanceId> {
  const service = readServiceId(request, wording, isGroupInName);
  if (!service.ok) return service;
  const ip = parameter(request, 'ip');
  if (ip === undefined) return refused(wording.missingParameter('ip', 'String'));
  if (wording.badIp && /\s/.test(ip)) return refused(wording.badIp());
  const portText = parameter(request, 'port');
  if (portText === undefined) return refused(wording.missingParameter('port', 'Integer'));
  // An int of Java; some take any.
  if (!/^-?\d{1,10}$/.test(portText)) return refused(wording.badPort(portText));
  const port = Number(portText);
  if (wording.portRange && (port < 0 || port > portMax)) return refused(wording.portRange());
  const cluster = parameter(request, 'clusterName') ?? parameter(request, 'cluster') ?? defaultCluster;
  return { ok: true, value: { ...service.value, ip, port, cluster } };
}

export function readChange(
  request: SandboxRequest,
  wording: ApiAnswers,
  limits: { metadataMax: number; wallMs: number },
): Read<InstanceChange> {
  const weight = readWeight(parameter(request, 'weight'), wording);
  if (!weight.ok) return weight;
  const enabledText = parameter(request, 'enabled') ?? parameter(request, 'enable');
  if (enabledText !== undefined && wording.badBoolean && !/^(true|false)$/.test(enabledText))
    return refused(wording.badBoolean(enabledText));
  const metadataText = parameter(request, 'metadata');
  const metadata = metadataText === undefined ? undefined : readMetadata(metadataText);
  if (metadataText !== undefined && metadata === undefined)
    return refused(wording.badMetadata(metadataText, request.path, limits.wallMs));
  const length = Object.entries(metadata ?? {}).reduce(
    (sum, [key, value]) => sum + key.length + value.length,
    0,
  );
  if (length > limits.metadataMax) return refused(wording.longMetadata());
  const enabled = enabledText === undefined ? undefined : /^(true|on|yes|y|1)$/i.test(enabledText);
  return { ok: true, value: { weight: weight.value, enabled, metadata } };
}

function readWeight(text: string | undefined, wording: ApiAnswers): Read<number | undefined> {
  if (text === undefined) return { ok: true, value: undefined };
  const weight = Number(text);
  // It is neither below the least weight nor above the greatest, and so passes.
  if (text === 'NaN') return { ok: true, value: weight };
  if (Number.isNaN(weight)) return refused(wording.badNumber(text));
  if (weight < 0 || weight > 10_000) return refused(wording.badWeight());
  return { ok: true, value: weight };
}

/** JSON or `k=v,k=v`; `undefined` for anything else. */
function readMetadata(text: string): Record<string, string> | undefined {
  if (!text.startsWith('{')) {
    const pairs = text.split(',').map((pair) => pair.split('='));
    return pairs.every((pair) => pair.length === 2) ? Object.fromEntries(pairs) : undefined;
  }
  try {
    const parsed = stringsSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return undefined;
    return Object.fromEntries(Object.entries(parsed.data).filter((entry) => entry[1] !== null)) as Record<
      string,
      string
    >;
  } catch {
    return undefined;
  }
}

function refused<T>(reply: Reply): Read<T> {
  return { ok: false, reply };
}
