import type { RegistryError } from '../core/registry-error.ts';
import type { Answer, OwnInstance, Presence, ReadOptions, ServerInfo } from '../world/registry.ts';
import type { Client } from './client.ts';
import { isPathAbsent } from './failure.ts';
import { presenceRequest, type PresenceCall } from './presence-request.ts';
import type { ServerFinder } from './server-finder.ts';

/** Registrations of our own, by HTTP and kept alive by beats: they end by themselves soon after we do. */
export function openPresence(client: Client, finder: ServerFinder): Presence {
  /** Where 3.x has its new client API closed, or not yet, the old one is still open. */
  let isV3Closed = false;

  const call = async (what: PresenceCall, own: OwnInstance, options: ReadOptions): Promise<Answer<void>> => {
    const server = await finder.ready();
    if (!server.ok) return server;
    const { info } = server.value;
    const mayUseV3 = info.dialect === 'v3' && !isV3Closed;
    const request = presenceRequest(what, fitted(own, info), mayUseV3 ? 'v3' : 'v1');
    const sent = await client.send(request, options);
    if (sent.ok) return { ok: true, value: undefined };
    if (!mayUseV3 || !isClosed(sent.error)) return { ok: false, error: sent.error };
    isV3Closed = true;
    return await call(what, own, options);
  };

  return {
    announce: async (own, options = {}) => await call('announce', own, options),
    withdraw: async (own, options = {}) => await call('withdraw', own, options),
    beat: async (own, options = {}) => {
      const server = await finder.ready();
      if (!server.ok) return server;
      // r-nacos takes no beat without the whole registration: it is registered anew.
      const what = server.value.info.product === 'r-nacos' ? 'announce' : 'beat';
      const answer = await call(what, own, options);
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
