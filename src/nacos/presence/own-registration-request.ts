import type { OwnInstance, ServerInfo } from '../../world/registry.ts';
import { endpointQuery, type NacosRequest, serviceSubject } from '../http/request.ts';
import { v1Naming } from '../v1/v1-request.ts';
import { v3Naming } from '../v3/v3-request.ts';

export type PresenceCall = 'announce' | 'beat' | 'withdraw';

const v1Calls = {
  announce: { method: 'POST', path: '/v1/ns/instance' },
  beat: { method: 'PUT', path: '/v1/ns/instance/beat' },
  withdraw: { method: 'DELETE', path: '/v1/ns/instance' },
} as const;

const v3Path = '/v3/client/ns/instance';
const v3Calls = {
  announce: { method: 'POST', path: v3Path },
  beat: { method: 'POST', path: v3Path },
  withdraw: { method: 'DELETE', path: v3Path },
} as const;

/** What an application would send that registers by HTTP. */
export function presenceRequest(
  what: PresenceCall,
  own: OwnInstance,
  dialect: ServerInfo['dialect'],
): NacosRequest {
  const { instance, weight, enabled, metadata } = own;
  const state = { weight: String(weight), enabled: String(enabled), metadata: JSON.stringify(metadata) };
  const naming = dialect === 'v3' ? v3Naming : v1Naming;
  return {
    ...(dialect === 'v3' ? v3Calls : v1Calls)[what],
    query: {
      ...naming(instance),
      ...endpointQuery(instance),
      ephemeral: 'true',
      // A beat of v1 with more than the address would register again what the server forgot.
      ...(what === 'announce' && state),
      ...(what === 'beat' && dialect === 'v3' && { heartBeat: 'true' }),
    },
    subject: serviceSubject(instance, 'write'),
  };
}
