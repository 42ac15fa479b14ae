import { subscribersOf } from './subscriber-lists.ts';
import { defaultCluster } from '../../core/registry/service.ts';
import type { Faults } from '../registry/faults.ts';
import { namespaceOf, readInstanceId, readServiceId } from './instance-form.ts';
import { listPage } from './list-page.ts';
import { serviceOf } from '../registry/registry-state.ts';
import { clustersOf, listed, servicesMatching } from '../registry/registry-views.ts';
import { resultReply } from './reply.ts';
import { route, type Route } from './route.ts';
import { flag, parameter, wholeNumber, type SandboxRequest } from './sandbox-request.ts';
import {
  clusterMapJson,
  instanceJson,
  memberJson,
  namespacesJson,
  serviceCountsJson,
  stateJson,
  switchesJson,
} from './server-json.ts';
import {
  deregisterAnswer,
  editServiceAnswer,
  registerAnswer,
  updateAnswer,
  type Dialect,
} from './write-answers.ts';

/** The admin API of 3.x. */
export function routesV3(dialect: Dialect): readonly Route[] {
  return [...coreRoutes, ...serviceRoutes(dialect), ...instanceRoutes(dialect)];
}

const coreRoutes: readonly Route[] = [
  route('GET', '/v3/admin/core/state', 'open', (_request, { state, hasAuth, port }) =>
    resultReply(stateJson(state.kind, hasAuth, port())),
  ),
  route('GET', '/v3/admin/core/state/readiness', 'open', () => resultReply('ok')),
  route('GET', '/v3/admin/core/state/liveness', 'open', () => resultReply('ok')),
  route('GET', '/v3/admin/core/namespace/list', 'admin', (_request, { state }) =>
    resultReply(namespacesJson(state)),
  ),
  route('POST', '/v3/admin/core/namespace', 'admin', (request, { state }) => {
    const id = parameter(request, 'namespaceId') ?? '';
    state.namespaces.set(id, parameter(request, 'namespaceName') ?? id);
    return resultReply(true);
  }),
  route('GET', '/v3/admin/core/cluster/node/list', 'admin', (_request, { state, port, faults }) =>
    resultReply([memberJson(state.kind, port(), faults.isLeaderless)]),
  ),
  route('GET', '/v3/admin/ns/ops/switches', 'read', () => resultReply(switchesJson())),
  route('GET', '/v3/admin/ns/ops/metrics', 'read', () => resultReply({ status: 'UP' })),
];

function serviceRoutes(dialect: Dialect): readonly Route[] {
  const { wording, isGroupInName } = dialect;
  return [
    route('GET', '/v3/admin/ns/service/list', 'read', (request, { state, faults }) => {
      const services = servicesMatching(state, {
        namespace: namespaceOf(request),
        name: parameter(request, 'serviceNameParam') ?? '',
        group: parameter(request, 'groupNameParam') ?? '',
        isHidingEmpty: flag(request, 'ignoreEmptyService'),
      });
      const isFull = flag(request, 'withInstances');
      return pageReply(request, faults, services, (service) =>
        isFull
          ? {
              namespaceId: null,
              serviceName: service.id.service,
              groupName: service.id.group,
              clusterMap: clusterMapJson(state, service),
              metadata: {},
              protectThreshold: service.protectThreshold,
              selector: null,
              ephemeral: null,
            }
          : serviceCountsJson(state, service),
      );
    }),
    route('GET', '/v3/admin/ns/service', 'read', (request, { state }) => {
      const id = readServiceId(request, wording, isGroupInName);
      if (!id.ok) return id.reply;
      const service = serviceOf(state, id.value);
      if (!service) return wording.serviceMissing(id.value);
      const clusters = clustersOf(service).map((clusterName) => [
        clusterName,
        {
          clusterName,
          healthChecker: { type: 'TCP' },
          healthyCheckPort: 80,
          useInstancePortForCheck: true,
          metadata: {},
          hosts: null,
        },
      ]);
      return resultReply({
        namespaceId: id.value.namespace,
        serviceName: id.value.service,
        groupName: id.value.group,
        clusterMap: Object.fromEntries(clusters),
        metadata: {},
        protectThreshold: service.protectThreshold,
        selector: { type: 'none', contextType: 'NONE' },
        ephemeral: true,
      });
    }),
    route('PUT', '/v3/admin/ns/service', 'write', editServiceAnswer(dialect)),
    route('GET', '/v3/admin/ns/service/subscribers', 'read', (request, { state, faults }) => {
      const id = readServiceId(request, wording, isGroupInName);
      if (!id.ok) return id.reply;
      const { namespace, group, service: name } = id.value;
      const subscribers = subscribersOf(state, id.value);
      return pageReply(request, faults, subscribers, ({ address, agent, app }) => {
        const [ip = '', port = '0'] = address.split(':');
        const where = { namespaceId: namespace, groupName: group, serviceName: name };
        return { ...where, ip, port: Number(port), agent, appName: app, address };
      });
    }),
  ];
}

function instanceRoutes(dialect: Dialect): readonly Route[] {
  const { wording, isGroupInName } = dialect;
  return [
    route('GET', '/v3/admin/ns/instance/list', 'read', (request, { state }) => {
      const id = readServiceId(request, wording, isGroupInName);
      if (!id.ok) return id.reply;
      const service = serviceOf(state, id.value);
      if (!service) return wording.listServiceMissing(id.value);
      // Without a cluster it lists DEFAULT alone, not all of them.
      const cluster = parameter(request, 'clusterName') ?? defaultCluster;
      if (!clustersOf(service).includes(cluster)) return wording.listClusterMissing(cluster);
      const instances = (listed(state, id.value) ?? []).filter((one) => one.cluster === cluster);
      return resultReply(instances.map((one) => instanceJson(state.kind, one)));
    }),
    // A read that needs the right to write, as on a real server.
    route('GET', '/v3/admin/ns/instance', 'write', (request, { state }) => {
      const id = readInstanceId(request, wording, isGroupInName);
      if (!id.ok) return id.reply;
      const all = listed(state, id.value) ?? [];
      if (all.length === 0) return wording.noInstances(id.value);
      const { ip, port, cluster } = id.value;
      const found = all.find((one) => one.ip === ip && one.port === port && one.cluster === cluster);
      return found ? resultReply(instanceJson(state.kind, found)) : wording.instanceMissing(id.value);
    }),
    route('POST', '/v3/admin/ns/instance', 'write', registerAnswer(dialect)),
    route('DELETE', '/v3/admin/ns/instance', 'write', deregisterAnswer(dialect)),
    route('PUT', '/v3/admin/ns/instance', 'write', updateAnswer(dialect, 'put')),
    route('PUT', '/v3/admin/ns/instance/partial', 'write', updateAnswer(dialect, 'partial')),
  ];
}

const usualPageSize = 100;

/** The page of v3. Its `pagesAvailable` is wrong on a real server and is wrong here. */
function pageReply<T>(
  request: SandboxRequest,
  faults: Faults,
  items: readonly T[],
  itemJson: (item: T) => Record<string, unknown>,
): ReturnType<Route['answer']> {
  const pageNumber = wholeNumber(request, 'pageNo', 1);
  const pageSize = wholeNumber(request, 'pageSize', usualPageSize);
  const extra = items.length > pageSize ? 1 : 0;
  return resultReply({
    totalCount: items.length,
    pageNumber,
    pagesAvailable: Math.ceil(items.length / pageSize) + extra,
    pageItems: listPage(items, request, usualPageSize, faults).map(itemJson),
  });
}
