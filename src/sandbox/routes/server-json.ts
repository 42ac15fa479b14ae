import type { Instance, ServiceId } from '../../core/registry/service.ts';
import {
  isThree,
  type RegistryState,
  type SandboxKind,
  type ServiceState,
} from '../registry/registry-state.ts';
import { clustersOf, listed, type ConsumerView } from '../registry/registry-views.ts';
import { fullName } from '../../core/registry/service-name.ts';

/** What the recorded servers reported about themselves. */
const versionOf: Record<SandboxKind, string> = {
  '1.4': '1.4.8',
  '2.x': '2.2.4',
  '3.x': '3.1.0',
  '3.2': '3.2.4',
};

const beatTimes = {
  instanceHeartBeatInterval: 5000,
  instanceHeartBeatTimeOut: 15000,
  ipDeleteTimeout: 30000,
};

/** JSON has no word for some numbers of Java, so they are put down as texts. */
const numberJson = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

export function instanceJson(kind: SandboxKind, instance: Instance): Record<string, unknown> {
  const { ip, port, weight, healthy, enabled, ephemeral, cluster, metadata } = instance;
  const clusterInId = cluster === 'DEFAULT' ? 'null' : cluster;
  const instanceId = `${ip}#${port}#${clusterInId}#${fullName(instance)}`;
  return {
    ...(isThree(kind) ? { instanceId } : {}),
    ip,
    port,
    weight: numberJson(weight),
    healthy,
    enabled,
    ephemeral,
    clusterName: cluster,
    serviceName: fullName(instance),
    metadata,
    ...beatTimes,
  };
}

/** The detail of v1, which says nothing about `enabled`. */
export function instanceDetailJson(instance: Instance): Record<string, unknown> {
  const { ip, port, weight, healthy, cluster, metadata } = instance;
  return {
    service: fullName(instance),
    ip,
    port,
    clusterName: cluster,
    weight: numberJson(weight),
    healthy,
    instanceId: null,
    metadata,
  };
}

export function consumerJson(
  kind: SandboxKind,
  id: ServiceId,
  clusters: string,
  view: ConsumerView,
  wallMs: number,
): Record<string, unknown> {
  return {
    name: fullName(id),
    groupName: id.group,
    clusters,
    cacheMillis: 10000,
    hosts: view.hosts.map((host) => instanceJson(kind, host)),
    lastRefTime: Math.floor(wallMs),
    checksum: '',
    [isThree(kind) ? 'allIps' : 'allIPs']: false,
    reachProtectionThreshold: view.isProtected,
    valid: true,
  };
}

export function serviceCountsJson(state: RegistryState, service: ServiceState): Record<string, unknown> {
  const instances = listed(state, service.id) ?? [];
  const healthy = instances.filter((one) => one.healthy).length;
  const isReached = instances.length > 0 && healthy / instances.length <= service.protectThreshold;
  return {
    name: service.id.service,
    groupName: service.id.group,
    clusterCount: clustersOf(service).length,
    ipCount: instances.length,
    healthyInstanceCount: healthy,
    triggerFlag: String(isReached),
  };
}

/** Services with everybody in every cluster, in the order of the list. */
export function clusterMapJson(state: RegistryState, service: ServiceState): Record<string, unknown> {
  const instances = listed(state, service.id) ?? [];
  const isV3 = isThree(state.kind);
  const hostJson = (one: Instance): Record<string, unknown> =>
    isV3
      ? instanceJson(state.kind, one)
      : {
          valid: one.healthy,
          metadata: one.metadata,
          port: one.port,
          ip: one.ip,
          weight: numberJson(one.weight),
          enabled: one.enabled,
        };
  return Object.fromEntries(
    clustersOf(service).map((clusterName) => [
      clusterName,
      {
        clusterName: null,
        healthChecker: null,
        ...(isV3 ? { healthyCheckPort: 80, useInstancePortForCheck: true } : {}),
        metadata: null,
        hosts: instances.filter(({ cluster }) => cluster === clusterName).map(hostJson),
      },
    ]),
  );
}

/** The only member of this cluster. Without a leader the list simply does not speak of Raft. */
export function memberJson(kind: SandboxKind, port: number, isLeaderless: boolean): Record<string, unknown> {
  const raft = `127.0.0.1:${port - 1000}`;
  const group = { leader: raft, raftGroupMember: [raft], term: 1 };
  const hasGroups = kind !== '1.4' && !isLeaderless;
  const groups = {
    naming_instance_metadata: group,
    naming_persistent_service_v2: group,
    naming_service_metadata: group,
  };
  return {
    ip: '127.0.0.1',
    port,
    state: 'UP',
    extendInfo: {
      ...(hasGroups ? { raftMetaData: { metaDataMap: groups } } : {}),
      raftPort: String(port - 1000),
      version: versionOf[kind],
    },
    address: `127.0.0.1:${port}`,
    failAccessCnt: 0,
  };
}

export function switchesJson(): Record<string, unknown> {
  return {
    masters: null,
    adWeightMap: {},
    defaultPushCacheMillis: 10000,
    clientBeatInterval: 5000,
    defaultCacheMillis: 3000,
    distroThreshold: 0.7,
    healthCheckEnabled: true,
    distroEnabled: true,
    pushEnabled: true,
    lightBeatEnabled: true,
    defaultInstanceEphemeral: true,
    name: '00-00---000-NACOS_SWITCH_DOMAIN-000---00-00',
    checksum: null,
  };
}

export function stateJson(kind: SandboxKind, hasAuth: boolean, port: number): Record<string, unknown> {
  const version = versionOf[kind];
  if (kind === '1.4') return { standalone_mode: 'standalone', function_mode: null, version };
  const auth = {
    auth_system_type: 'nacos',
    auth_enabled: String(hasAuth),
    login_page_enabled: String(hasAuth),
  };
  if (kind === '2.x') return { ...auth, version, standalone_mode: 'standalone', function_mode: null };
  return {
    ...auth,
    auth_admin_request: 'false',
    startup_mode: 'standalone',
    version,
    function_mode: null,
    server_port: String(port),
  };
}

export function namespacesJson(state: RegistryState): readonly Record<string, unknown>[] {
  const isV3 = isThree(state.kind);
  return [...state.namespaces].map(([id, name]) => ({
    namespace: id === 'public' && !isV3 ? '' : id,
    namespaceShowName: name,
    ...(state.kind === '1.4' ? {} : { namespaceDesc: id === 'public' && isV3 ? 'Default Namespace' : null }),
    quota: 200,
    configCount: 0,
    type: id === 'public' ? 0 : isV3 ? 1 : 2,
  }));
}
