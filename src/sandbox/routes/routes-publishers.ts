import type { InstanceId } from '../../core/registry/service.ts';
import { connectionsOf } from './subscriber-lists.ts';
import { readInstanceId, readServiceId } from './instance-form.ts';
import { placeOf, serviceOf, type RegistryState } from '../registry/registry-state.ts';
import { resultReply, textReply } from './reply.ts';
import { route, type Route } from './route.ts';
import { parameter } from './sandbox-request.ts';
import type { Dialect } from './write-answers.ts';

/** Which client registered what: 2.2 and later, for administrators; 3.x tells it to whoever may read. */
export function routesPublishers(
  base: '/v2/ns/client' | '/v3/admin/ns/client',
  dialect: Dialect,
): readonly Route[] {
  const isV3 = base.startsWith('/v3');
  const access = isV3 ? 'read' : 'admin';
  return [
    route('GET', `${base}/service/publisher/list`, access, (request, { state }) => {
      const id = readInstanceId(request, dialect.wording, dialect.isGroupInName);
      if (!id.ok) return id.reply;
      const { ip, port } = id.value;
      const registrations = [...(serviceOf(state, id.value)?.registrations.values() ?? [])];
      const found = registrations.filter((one) => placeOf(one) === placeOf(id.value));
      return resultReply(found.map(({ client }) => ({ clientId: client, ip, port })));
    }),
    route('GET', `${base}/service/subscriber/list`, access, (request, { state }) => {
      const id = readServiceId(request, dialect.wording, dialect.isGroupInName);
      if (!id.ok) return id.reply;
      const [ip = '', port = ''] = ['ip', 'port'].map((name) => parameter(request, name) ?? '');
      const found = connectionsOf(state, id.value, `${ip}:${port}`);
      return resultReply(
        found.map(({ clientId, app: appName, agent }) =>
          isV3 ? { clientId, appName, agent, address: ip } : { clientId, ip, port: Number(port) },
        ),
      );
    }),
    route('GET', base, access, (request, { state }) => {
      const wanted = parameter(request, 'clientId') ?? '';
      const found = state.subscribers.flatMap((one) => connectionsOf(state, one.service, one.address));
      const client = found.find(({ clientId }) => clientId === wanted);
      if (client === undefined) return textReply(`caused: clientId [ ${wanted} ] not exist;`, 404);
      const { app: appName, agent: version } = client;
      return resultReply({ clientId: wanted, ephemeral: true, clientType: 'connection', appName, version });
    }),
    route('GET', `${base}/publish/list`, access, (request, { state }) => {
      const clientId = parameter(request, 'clientId') ?? '';
      const published = registrationsOf(state, clientId);
      if (published.length === 0) return textReply(`caused: clientId [ ${clientId} ] not exist;`, 404);
      return resultReply(published.map((one) => (isV3 ? publishedV3(one) : publishedV2(one))));
    }),
  ];
}

function registrationsOf(state: RegistryState, clientId: string): readonly InstanceId[] {
  return [...state.services.values()].flatMap((service) =>
    [...service.registrations.values()]
      .filter(({ client }) => client === clientId)
      .map(({ ip, port, cluster }) => ({ ...service.id, ip, port, cluster })),
  );
}

function publishedV2({ namespace, group, service, ip, port, cluster }: InstanceId): Record<string, unknown> {
  return { namespace, group, serviceName: service, registeredInstance: { ip, port, cluster } };
}

function publishedV3({ namespace, group, service, ip, port, cluster }: InstanceId): Record<string, unknown> {
  const publisherInfo = { ip, port, clusterName: cluster };
  return { namespaceId: namespace, groupName: group, serviceName: service, publisherInfo };
}
