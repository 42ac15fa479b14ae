import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { Clock } from '../../world/clock.ts';
import type { Answer, OwnInstance, Presence, ReadOptions, ServerInfo } from '../../world/registry.ts';
import type { Client } from '../http/client.ts';
import { isPathAbsent } from '../http/failure.ts';
import type { Sent } from '../http/with-token.ts';
import { presenceRequest, type PresenceCall } from './own-registration-request.ts';
import type { NacosRequest } from '../http/request.ts';
import type { ServerFinder } from '../server/server-finder.ts';

/** Registrations of our own, by HTTP and kept alive by beats: they end by themselves soon after we do. */
export function openPresence(client: Client, finder: ServerFinder, clock: Clock): Presence {
  /** Learnt once: whose old client API is switched off is not asked for it again. */
  let isFoundClosed = false;
  const isV1Closed = ({ traits }: ServerInfo): boolean => isFoundClosed || !traits.hasV1Client;

  const requestFor = (what: PresenceCall, own: OwnInstance, info: ServerInfo): NacosRequest => {
    // r-nacos takes no beat without the whole registration: it is registered anew.
    const call = what === 'beat' && info.product === 'r-nacos' ? 'announce' : what;
    return presenceRequest(call, fitted(own, info), isV1Closed(info) ? 'v3' : 'v1');
  };

  const call = async (what: PresenceCall, own: OwnInstance, options: ReadOptions): Promise<Answer<void>> => {
    const server = await finder.ready();
    if (!server.ok) return server;
    const { info } = server.value;
    if (isV1Closed(info)) return await callAll(client, clock, requestFor(what, own, info), options);
    const sent = await client.send(requestFor(what, own, info), options);
    if (sent.ok) return { ok: true, value: undefined };
    if (info.dialect === 'v1' || !isClosed(sent.error)) return { ok: false, error: sent.error };
    isFoundClosed = true;
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

/** How long a silent member is waited for once enough others have answered. */
const patienceMs = 2_000;

/**
 * What the new client API is told stays with the member that was told, unless that one keeps it for all: so each is told
 * (src/nacos/README.md, Registering). Who has forgotten says so for all; half of them may be silent.
 */
async function callAll(
  client: Client,
  clock: Clock,
  request: NacosRequest,
  options: ReadOptions,
): Promise<Answer<void>> {
  const nodes = options.node === undefined ? client.nodeAddresses : [options.node];
  const answers: Sent[] = [];
  const isEnough = (): boolean => answers.filter(({ ok }) => ok).length * 2 >= nodes.length;
  const enough = Promise.withResolvers<void>();
  const over = new AbortController();
  const all = nodes.map(async (node) => {
    answers.push(await client.send(request, { ...options, node }));
    if (isEnough()) enough.resolve();
  });
  const patience = enough.promise.then(() => clock.sleep(patienceMs, over.signal));
  await Promise.race([Promise.all(all), patience]);
  over.abort();
  const errors = answers.flatMap((one) => (one.ok ? [] : [one.error]));
  const error = errors.find(isForgotten) ?? (isEnough() ? undefined : errors[0]);
  return error === undefined ? { ok: true, value: undefined } : { ok: false, error };
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
