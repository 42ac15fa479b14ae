import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { Answer, OwnInstance, Presence, ReadOptions, ServerInfo } from '../../world/registry.ts';
import type { Client } from '../http/client.ts';
import { isPathAbsent } from '../http/failure.ts';
import { presenceRequest, type PresenceCall } from './own-registration-request.ts';
import type { NacosRequest } from '../http/request.ts';
import type { ServerFinder } from '../server/server-finder.ts';

/** Registrations of our own, by HTTP and kept alive by beats: they end by themselves soon after we do. */
export function openPresence(client: Client, finder: ServerFinder): Presence {
  /**
   * 3.x takes the old client API too, and only that one hands a registration over to the member that keeps it: told to
   * another member of 3.1.0, the new one is listed there alone, and stays for three minutes after its end.
   */
  let isV1Closed = false;

  const requestFor = (what: PresenceCall, own: OwnInstance, info: ServerInfo): NacosRequest => {
    // r-nacos takes no beat without the whole registration: it is registered anew.
    const call = what === 'beat' && info.product === 'r-nacos' ? 'announce' : what;
    const isNew = info.dialect === 'v3' && isV1Closed;
    return presenceRequest(call, fitted(own, info), isNew ? 'v3' : 'v1');
  };

  const call = async (what: PresenceCall, own: OwnInstance, options: ReadOptions): Promise<Answer<void>> => {
    const server = await finder.ready();
    if (!server.ok) return server;
    const { info } = server.value;
    const sent = await client.send(requestFor(what, own, info), options);
    if (sent.ok) return { ok: true, value: undefined };
    const mayBeNew = info.dialect === 'v3' && !isV1Closed && isClosed(sent.error);
    if (!mayBeNew) return { ok: false, error: sent.error };
    isV1Closed = true;
    return await call(what, own, options);
  };

  return {
    announce: async (own, options = {}) => await call('announce', own, options),
    withdraw: async (own, options = {}) => await call('withdraw', own, options),
    requestOf: (what, own) => client.textOf(requestFor(what, own, finder.likely().info)),
    beat: async (own, options = {}) => {
      const answer = await call('beat', own, options);
      if (answer.ok) return { ok: true, value: 'known' };
      return isForgotten(answer.error) ? { ok: true, value: 'forgotten' } : answer;
    },
  };
}

/** Where the lists hide what is disabled, only an enabled lease is seen by others. */
function fitted(own: OwnInstance, info: ServerInfo): OwnInstance {
  return info.traits.isHidingDisabled ? { ...own, enabled: true } : own;
}

function isClosed(error: RegistryError): boolean {
  return error.kind === 'api-gone' || isPathAbsent(error);
}

const unknownBeat = 20_404;

function isForgotten(error: RegistryError): boolean {
  if (error.kind === 'instance-missing' || error.kind === 'service-missing') return true;
  return error.kind === 'rejected' && error.code === unknownBeat;
}
