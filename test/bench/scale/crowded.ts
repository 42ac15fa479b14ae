import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { InstanceId } from '../../../src/core/registry/service.ts';
import { fullName } from '../../../src/core/registry/service-name.ts';
import { mapBounded } from '../../../src/world/map-bounded.ts';
import { startLiveNacos } from '../../live/servers/live-nacos.ts';
import { fetchText } from '../../support/servers/fetch-text.ts';
import { type Crowd, crowdMetadata, crowdOf } from './crowd.ts';

export type Kind = '2.x' | '3.x';
export const isKind = (text: string): text is Kind => text === '2.x' || text === '3.x';

/** What the process of the sandbox says of itself: what it was asked, and how long it has computed, so far. */
export type CrowdAnswer = { readonly requests: number; readonly cpuMs: number };

/** A Nacos with a crowd in it. */
export type Crowded = {
  readonly what: string;
  readonly url: string;
  readonly crowd: Crowd;
  /** How many requests it has answered so far. */
  requests(): Promise<number>;
  /** How long it has computed so far, where that can be known. */
  cpuMs?(): Promise<number>;
  /** Puts an instance on or off, as somebody else would, with other metadata where it is given. */
  put(instance: InstanceId, enabled: boolean, metadata?: Readonly<Record<string, string>>): Promise<void>;
  close(): Promise<void>;
};

/** The sandbox, in a process of its own; asked to, it tells its consumers of changes. */
export async function crowdedSandbox(kind: Kind, crowd: Crowd, { isTelling = false } = {}): Promise<Crowded> {
  const entry = join(import.meta.dirname, 'crowd-process.ts');
  const child = fork(entry, [
    kind,
    String(crowd.services),
    String(crowd.instances),
    isTelling ? 'telling' : '',
  ]);
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const ask = async (): Promise<CrowdAnswer> => {
    child.send('?');
    const [answer] = (await once(child, 'message')) as [CrowdAnswer];
    return answer;
  };
  return {
    what: `sandbox ${kind}`,
    url,
    crowd,
    requests: async () => (await ask()).requests,
    cpuMs: async () => (await ask()).cpuMs,
    put: async (instance, enabled, metadata) => await putTo(url, kind, { instance, enabled, metadata }),
    close: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

const registeredAtOnce = 16;
const accessLogs = join(homedir(), '.cache', 'nacos-rollout-live', 'data', 'nacos', 'tomcat', 'logs');

/** A real one, with persistent instances, which need no heartbeats. Its own log tells what it was asked. */
export async function crowdedNacos(crowd: Crowd): Promise<Crowded> {
  const log = ['enabled=true', 'buffered=false'].map((one) => `-Dserver.tomcat.accesslog.${one}`);
  const nacos = await startLiveNacos({ version: '2.2.4', properties: log });
  const metadata = JSON.stringify(crowdMetadata);
  const add = async (instance: InstanceId): Promise<void> => {
    const form = { ...formOf(instance, 'v1'), weight: '1', ephemeral: 'false', metadata };
    const { status, text } = await fetchText(`${nacos.url}/nacos/v1/ns/instance`, { method: 'POST', form });
    if (status !== 200) throw new Error(`not registered: ${status} ${text}`);
  };
  await mapBounded([...crowdOf(crowd)], registeredAtOnce, add);
  return {
    what: 'Nacos 2.2.4, persistent',
    url: nacos.url,
    crowd,
    requests: () =>
      Promise.resolve(
        readdirSync(accessLogs)
          .map(linesIn)
          .reduce((sum, lines) => sum + lines, 0),
      ),
    put: async (instance, enabled, metadata) =>
      await putTo(nacos.url, '2.x', { instance, enabled, metadata, ephemeral: 'false' }),
    close: async () => await nacos.stop(),
  };
}

function linesIn(file: string): number {
  return readFileSync(join(accessLogs, file), 'utf8').split('\n').length - 1;
}

type Put = {
  readonly instance: InstanceId;
  readonly enabled: boolean;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  readonly ephemeral?: string;
};

async function putTo(
  url: string,
  kind: Kind,
  { instance, enabled, metadata, ephemeral = 'true' }: Put,
): Promise<void> {
  const path = kind === '2.x' ? 'v1/ns/instance' : 'v3/admin/ns/instance';
  const own = formOf(instance, kind === '2.x' ? 'v1' : 'v3');
  const said = { ...own, weight: '1', ephemeral, enabled: String(enabled) };
  const query = new URLSearchParams(
    metadata === undefined ? said : { ...said, metadata: JSON.stringify(metadata) },
  );
  const { status, text } = await fetchText(`${url}/nacos/${path}?${query.toString()}`, { method: 'PUT' });
  if (status !== 200) throw new Error(`not put: ${status} ${text}`);
}

function formOf(instance: InstanceId, dialect: 'v1' | 'v3'): Record<string, string> {
  const { namespace, group, service, cluster, ip, port } = instance;
  const naming =
    dialect === 'v1' ? { serviceName: fullName(instance) } : { serviceName: service, groupName: group };
  return { namespaceId: namespace, ...naming, clusterName: cluster, ip, port: String(port) };
}
