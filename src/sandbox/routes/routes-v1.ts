import { subscribersOf } from './subscriber-lists.ts';
import { namespaceOf, readInstanceId, readServiceId } from './instance-form.ts';
import { listPage } from './list-page.ts';
import { serviceOf } from '../registry/registry-state.ts';
import { clustersOf, consumerView, listed, servicesMatching } from '../registry/registry-views.ts';
import { jsonReply, textReply } from './reply.ts';
import { route, type Route } from './route.ts';
import { flag, parameter } from './sandbox-request.ts';
import {
  clusterMapJson,
  instanceDetailJson,
  instanceJson,
  memberJson,
  namespacesJson,
  serviceCountsJson,
  stateJson,
  switchesJson,
} from './server-json.ts';
import { editServiceAnswer, updateAnswer, type Dialect } from './write-answers.ts';
import { fullName } from '../../core/registry/service-name.ts';

/** The console and admin half of v1: what 1.4 and 2.x have and 3.x has switched off. */
export function routesV1(dialect: Dialect, hasConsole: boolean): readonly Route[] {
  return [
    ...(hasConsole ? consoleRoutes : []),
    ...catalogRoutes(dialect),
    ...instanceRoutes(dialect),
    route('GET', '/v1/core/cluster/nodes', 'admin', (_request, { state, port, faults }) =>
      jsonReply({
        code: 200,
        message: null,
        data: [memberJson(state.kind, port(), faults.isLeaderless)],
      }),
    ),
    route('GET', '/v1/ns/operator/switches', 'open', () => jsonReply(switchesJson())),
  ];
}

const consoleRoutes: readonly Route[] = [
  route('GET', '/v1/console/server/state', 'open', (_request, { state, hasAuth, port }) =>
    jsonReply(stateJson(state.kind, hasAuth, port())),
  ),
  route('GET', '/v1/console/namespaces', 'open', (_request, { state }) =>
    jsonReply({ code: 200, message: null, data: namespacesJson(state) }),
  ),
  route('POST', '/v1/console/namespaces', 'admin', (request, { state }) => {
    const id = parameter(request, 'customNamespaceId') ?? '';
    state.namespaces.set(id, parameter(request, 'namespaceName') ?? id);
    return jsonReply(true);
  }),
  route('GET', '/v1/console/health/readiness', 'open', () => textReply('OK')),
  route('GET', '/v1/console/health/liveness', 'open', () => textReply('OK')),
];

function catalogRoutes({ wording, isGroupInName }: Dialect): readonly Route[] {
  return [
    route('GET', '/v1/ns/catalog/services', 'read', (request, { state, faults }) => {
      const services = servicesMatching(state, {
        namespace: namespaceOf(request),
        name: parameter(request, 'serviceNameParam') ?? '',
        group: parameter(request, 'groupNameParam') ?? '',
        isHidingEmpty: flag(request, 'hasIpCount'),
      });
      const shown = listPage(services, request, 10, faults);
      if (!flag(request, 'withInstances'))
        return jsonReply({
          count: services.length,
          serviceList: shown.map((service) => serviceCountsJson(state, service)),
        });
      return jsonReply(
        shown.map((service) => ({
          namespace: null,
          serviceName: service.id.service,
          groupName: service.id.group,
          clusterMap: clusterMapJson(state, service),
          metadata: {},
          protectThreshold: service.protectThreshold,
          selector: null,
          ephemeral: null,
        })),
      );
    }),
    route('GET', '/v1/ns/catalog/instances', 'read', (request, { state, faults }) => {
      const id = readServiceId(request, wording, isGroupInName);
      if (!id.ok) return id.reply;
      const cluster = parameter(request, 'clusterName');
      if (cluster === undefined) return wording.missingParameter('clusterName', 'String');
      const service = serviceOf(state, id.value);
      if (!service) return wording.listServiceMissing(id.value);
      if (!clustersOf(service).includes(cluster)) return wording.listClusterMissing(cluster);
      const instances = (listed(state, id.value) ?? []).filter((one) => one.cluster === cluster);
      const shown = listPage(instances, request, 10, faults);
      return jsonReply({
        list: shown.map((one) => instanceJson(state.kind, one)),
        count: instances.length,
      });
    }),
  ];
}

function instanceRoutes(dialect: Dialect): readonly Route[] {
  const { wording, isGroupInName } = dialect;
  return [
    route('GET', '/v1/ns/service', 'read', (request, { state }) => {
      const id = readServiceId(request, wording, isGroupInName);
      if (!id.ok) return id.reply;
      const service = serviceOf(state, id.value);
      if (!service) return wording.serviceMissing(id.value);
      return jsonReply({
        namespaceId: id.value.namespace,
        groupName: id.value.group,
        name: id.value.service,
        protectThreshold: service.protectThreshold,
        metadata: {},
        selector: { type: 'none', contextType: 'NONE' },
        clusters: clustersOf(service).map((name) => ({ name, healthChecker: { type: 'TCP' }, metadata: {} })),
      });
    }),
    route('PUT', '/v1/ns/service', 'write', editServiceAnswer(dialect)),
    route('GET', '/v1/ns/service/subscribers', 'read', (request, { state }) => {
      const id = readServiceId(request, wording, isGroupInName);
      if (!id.ok) return id.reply;
      const { namespace } = id.value;
      const name = fullName(id.value);
      const subscribers = subscribersOf(state, id.value).map(({ address, agent, app }) => {
        const [ip = '', port = '0'] = address.split(':');
        return {
          // A client that is connected has no port of its own, and v1 says none.
          addrStr: port === '0' ? ip : address,
          agent,
          app,
          ip,
          port: Number(port),
          namespaceId: namespace,
          serviceName: name,
          cluster: '',
        };
      });
      return jsonReply({ subscribers, count: subscribers.length });
    }),
    route('GET', '/v1/ns/instance', 'read', (request, { state }) => {
      const id = readInstanceId(request, wording, isGroupInName);
      if (!id.ok) return id.reply;
      const hosts = consumerView(state, id.value, { clusters: [], isHealthyOnly: false }).hosts;
      const all = listed(state, id.value) ?? hosts;
      if (all.length === 0) return wording.noInstances(id.value);
      const { ip, port, cluster } = id.value;
      const found = all.find((one) => one.ip === ip && one.port === port && one.cluster === cluster);
      return found ? jsonReply(instanceDetailJson(found)) : wording.instanceMissing(id.value);
    }),
    route('PUT', '/v1/ns/instance', 'write', updateAnswer(dialect, 'put')),
    route('PATCH', '/v1/ns/instance', 'write', updateAnswer(dialect, 'patch')),
  ];
}
