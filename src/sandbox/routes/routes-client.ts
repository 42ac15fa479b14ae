import * as z from 'zod';
import { defaultCluster, defaultGroup } from '../../core/registry/service.ts';
import { namespaceOf, readInstanceId, readServiceId } from './instance-form.ts';
import { listPage } from './list-page.ts';
import { beat, register } from '../registry/registry-writes.ts';
import { consumerView, servicesMatching } from '../registry/registry-views.ts';
import { jsonReply, resultFailure, resultReply, type Reply } from './reply.ts';
import { route, type Route, type ServerParts } from './route.ts';
import { flag, parameter, wholeNumber, type SandboxRequest } from './sandbox-request.ts';
import { consumerJson, instanceJson } from './server-json.ts';
import { deregisterAnswer, registerAnswer, type Dialect } from './write-answers.ts';

/** What applications use themselves; 3.x still speaks it. */
export function clientRoutesV1(dialect: Dialect): readonly Route[] {
  const { wording, isGroupInName } = dialect;
  return [
    route('POST', '/v1/auth/login', 'open', (request, { accounts }) => accounts.logIn(request)),
    route('POST', '/v1/auth/users/login', 'open', (request, { accounts }) => accounts.logIn(request)),
    route('GET', '/v1/ns/operator/metrics', 'open', () => jsonReply({ status: 'UP' })),
    route('POST', '/v1/ns/instance', 'write', registerAnswer(dialect)),
    route('DELETE', '/v1/ns/instance', 'write', deregisterAnswer(dialect)),
    route('PUT', '/v1/ns/instance/beat', 'write', (request, parts) => beatAnswer(dialect, request, parts)),
    route('GET', '/v1/ns/instance/list', 'read', (request, { state, clock }) => {
      const id = readServiceId(request, wording, isGroupInName);
      if (!id.ok) return id.reply;
      const clusters = parameter(request, 'clusters') ?? '';
      const view = consumerView(state, id.value, {
        clusters: clusters.split(',').filter(Boolean),
        isHealthyOnly: flag(request, 'healthyOnly'),
      });
      return jsonReply(consumerJson(state.kind, id.value, clusters, view, clock.wallClock()));
    }),
    route('GET', '/v1/ns/service/list', 'read', (request, parts) => {
      if (parameter(request, 'pageNo') === undefined) return wording.missingParameter('pageNo', 'Integer');
      const { count, names } = namesOfGroup(request, parts);
      return jsonReply({ count, doms: names });
    }),
  ];
}

export function clientRoutesV3(dialect: Dialect): readonly Route[] {
  const { wording, isGroupInName } = dialect;
  const registers = registerAnswer(dialect);
  return [
    route('POST', '/v3/auth/user/login', 'open', (request, { accounts }) => accounts.logIn(request)),
    route('POST', '/v3/client/ns/instance', 'write', (request, parts) => {
      if (!flag(request, 'heartBeat')) return registers(request, parts);
      const id = readInstanceId(request, wording, isGroupInName);
      if (!id.ok) return id.reply;
      const isKnown = beat(parts.state, id.value, parts.clock.monotonic());
      return isKnown ? wording.ok() : resultFailure(200, 21003, 'instance not found', null);
    }),
    route('DELETE', '/v3/client/ns/instance', 'write', deregisterAnswer(dialect)),
    route('GET', '/v3/client/ns/instance/list', 'read', (request, { state }) => {
      const id = readServiceId(request, wording, isGroupInName);
      if (!id.ok) return id.reply;
      const view = consumerView(state, id.value, {
        clusters: [parameter(request, 'clusterName') ?? defaultCluster],
        isHealthyOnly: flag(request, 'healthyOnly'),
      });
      return resultReply(view.hosts.map((host) => instanceJson(state.kind, host)));
    }),
  ];
}

/** The one path of v2 that tells 2.x from 1.4 where the console is closed. */
export const clientRouteV2: Route = route('GET', '/v2/ns/service/list', 'read', (request, parts) => {
  const { count, names } = namesOfGroup(request, parts);
  return resultReply({ count, services: names });
});

/** The lists of applications know one group at a time and names only. */
function namesOfGroup(
  request: SandboxRequest,
  { state, faults }: ServerParts,
): { count: number; names: readonly string[] } {
  const group = parameter(request, 'groupName') ?? defaultGroup;
  const names = servicesMatching(state, {
    namespace: namespaceOf(request),
    name: '',
    group,
    isHidingEmpty: false,
  })
    .filter(({ id }) => id.group === group)
    .map(({ id }) => id.service);
  const shown = listPage(names, request, 20, faults);
  return { count: names.length, names: shown };
}

const beatSchema = z.object({
  ip: z.string(),
  port: z.int(),
  cluster: z.string().optional(),
  weight: z.number().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});

/** A full beat registers the instance when it is not known; a light one is told so (20404). */
function beatAnswer(
  { wording, isGroupInName }: Dialect,
  request: SandboxRequest,
  { state, clock }: ServerParts,
): Reply {
  const full = readBeat(parameter(request, 'beat'));
  const service = readServiceId(request, wording, isGroupInName);
  if (!service.ok) return service.reply;
  const ip = full?.ip ?? parameter(request, 'ip') ?? '';
  const port = full?.port ?? wholeNumber(request, 'port', 0);
  const cluster = full?.cluster ?? parameter(request, 'clusterName') ?? defaultCluster;
  const id = { ...service.value, ip, port, cluster };
  const nowMs = clock.monotonic();
  const isKnown = beat(state, id, nowMs);
  if (!isKnown && full) {
    const { weight = 1, metadata = {} } = full;
    register(state, id, { enabled: true, weight, metadata, ephemeral: true }, nowMs);
  }
  const code = isKnown || full ? 10200 : 20404;
  return jsonReply({ clientBeatInterval: 5000, code, lightBeatEnabled: true });
}

function readBeat(text: string | undefined): z.infer<typeof beatSchema> | undefined {
  try {
    return beatSchema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}
