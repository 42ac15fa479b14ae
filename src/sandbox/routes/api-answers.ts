import type { InstanceId, ServiceId } from '../../core/registry/service.ts';
import {
  causedReply,
  resultFailure,
  resultReply,
  springError,
  textReply,
  untypedReply,
  type Reply,
} from './reply.ts';
import { fullName } from '../../core/registry/service-name.ts';

/** How one API generation says the same things. */
export type ApiAnswers = {
  readonly ok: () => Reply;
  readonly missingParameter: (name: string, javaType: string) => Reply;
  /** Of a group and a service in one name, one is not there. */
  readonly blankName: () => Reply;
  /** `undefined` where an ip may be anything. */
  readonly badIp: (() => Reply) | undefined;
  readonly badPort: (value: string) => Reply;
  /** `undefined` where a port may be any whole number. */
  readonly portRange: (() => Reply) | undefined;
  readonly badNumber: (value: string) => Reply;
  /** `undefined` where anything that is not true counts as false. */
  readonly badBoolean: ((value: string) => Reply) | undefined;
  readonly badWeight: () => Reply;
  readonly badMetadata: (value: string, path: string, wallMs: number) => Reply;
  readonly longMetadata: () => Reply;
  readonly updateServiceMissing: (id: ServiceId) => Reply;
  readonly instanceMissing: (id: InstanceId) => Reply;
  readonly noInstances: (id: InstanceId) => Reply;
  readonly serviceMissing: (id: ServiceId) => Reply;
  readonly listServiceMissing: (id: ServiceId) => Reply;
  readonly listClusterMissing: (cluster: string) => Reply;
  readonly noLeader: () => Reply;
};

const weightRange = 'instance format invalid: The weights range from 0.0 to 10000.0';
const raftFailed = 'errCode: 500, errMsg: do metadata operation failed ';

function serviceText(id: ServiceId): string {
  const { namespace, group, service } = id;
  return `service not found, namespace: ${namespace}, service: Service{namespace='${namespace}', group='${group}', name='${service}', ephemeral=true, revision=0}`;
}

function noInstancesText(id: InstanceId): string {
  return `no ips found for cluster ${id.cluster} in service ${fullName(id)}`;
}

/** v1 as a 2.x server with its console words it. */
export const v1Answers: ApiAnswers = {
  ok: () => textReply('ok'),
  missingParameter: (name) => causedReply(`Param '${name}' is required.`, 400),
  blankName: () => causedReply("Param 'serviceName' is illegal, serviceName is blank", 400),
  badIp: undefined,
  badPort: (value) => causedReply(`For input string: "${value}"`, 400),
  portRange: undefined,
  badNumber: (value) => causedReply(`For input string: "${value}"`, 400),
  badBoolean: undefined,
  badWeight: () => causedReply(weightRange, 500),
  badMetadata: (value) => causedReply(`metadata format incorrect:${value}`, 500),
  longMetadata: () =>
    untypedReply("Param 'Metadata' is illegal, the param length should not exceed 1024.", 400),
  updateServiceMissing: (id) => causedReply(serviceText(id), 500),
  instanceMissing: () => causedReply('no matched ip found!', 500),
  noInstances: (id) => causedReply(noInstancesText(id), 500),
  serviceMissing: (id) =>
    causedReply(`service not found, namespace: ${id.namespace}, serviceName: ${fullName(id)}`, 500),
  listServiceMissing: (id) => causedReply(`service ${fullName(id)} is not found!`, 500),
  listClusterMissing: (cluster) => causedReply(`cluster ${cluster} is not found!`, 500),
  noLeader: () =>
    causedReply(
      `${raftFailed};caused: The Raft Group [naming_instance_metadata] did not find the Leader node`,
      500,
    ),
};

/** 1.4 says less and answers 400 and 404 where 2.x answers 500; known from its source only. */
export const v14Answers: ApiAnswers = {
  ...v1Answers,
  badWeight: () => textReply(weightRange, 400),
  updateServiceMissing: (id) =>
    textReply(`service not found, namespace: ${id.namespace}, service: ${fullName(id)}`, 400),
  instanceMissing: (id) => textReply(`instance not exist: ${id.ip}:${id.port}`, 400),
  noInstances: (id) => textReply(noInstancesText(id), 404),
  serviceMissing: (id) => textReply(`serviceName not found: ${fullName(id)}`, 404),
  listServiceMissing: (id) => textReply(`service ${fullName(id)} is not found!`, 404),
  listClusterMissing: (cluster) => textReply(`cluster ${cluster} is not found!`, 404),
};

/** What is left of v1 on 3.x looks at ports. */
export const v1On3Answers: ApiAnswers = { ...v1Answers, portRange };

export const v3Answers: ApiAnswers = {
  ok: () => resultReply('ok'),
  missingParameter: (name, javaType) =>
    resultFailure(
      400,
      10000,
      'parameter missing',
      `Required parameter '${name}' type ${javaType} is not present`,
    ),
  blankName: v1Answers.blankName,
  badIp: () => untypedReply("Param 'ip' is illegal, illegal characters should not appear in the param.", 400),
  badPort: portRange,
  portRange,
  badNumber: (value) => validationFailed(value),
  badBoolean: (value) => validationFailed(value),
  badWeight: () => resultFailure(400, 21001, 'weight error', weightRange),
  badMetadata: (value, path, wallMs) =>
    springError(500, `ErrCode:400, ErrMsg:metadata format incorrect:${value}`, path, wallMs),
  longMetadata: v1Answers.longMetadata,
  updateServiceMissing: (id) => resultFailure(400, 21004, 'instance error', serviceText(id)),
  instanceMissing: () => resultFailure(404, 20004, 'resource not found', 'no matched ip found!'),
  noInstances: (id) => resultFailure(404, 20004, 'resource not found', noInstancesText(id)),
  serviceMissing: (id) =>
    resultFailure(
      400,
      21008,
      'service not exist',
      `service not found, namespace: ${id.namespace}, serviceName: ${fullName(id)}`,
    ),
  listServiceMissing: (id) =>
    resultFailure(404, 30000, 'server error', `service ${fullName(id)} is not found!`),
  listClusterMissing: (cluster) =>
    resultFailure(404, 30000, 'server error', `cluster ${cluster} is not found!`),
  noLeader: () => resultFailure(500, 30000, 'server error', raftFailed),
};

function portRange(): Reply {
  return untypedReply("Param 'port' is illegal, the value should be between 0 and 65535.", 400);
}

function validationFailed(value: string): Reply {
  return resultFailure(
    500,
    30000,
    `Validation failed for argument [0]: Failed to convert value '${value}'`,
    null,
  );
}
