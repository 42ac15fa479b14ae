import * as z from 'zod';
import { speakers } from './speaker.ts';

const address = z.string();
const detail = z.string();

/** What can go wrong between us and Nacos, told apart by what an operator would do about it. */
export const registryErrorSchema = z.discriminatedUnion('kind', [
  /** No connection to any address; nothing was sent. */
  z.object({
    kind: z.literal('unreachable'),
    addresses: z.array(z.string()).readonly(),
    detail,
    /** The name that no address was found for. */
    host: z.string().exactOptional(),
  }),
  /** No answer in time. `wasSent`: it reached the server, which may have acted on it unless it only reads. */
  z.object({
    kind: z.literal('timeout'),
    address,
    afterMs: z.number(),
    wasSent: z.boolean(),
    isRead: z.boolean().optional(),
  }),
  /** The TLS handshake failed: unknown CA, wrong name, client certificate wanted. */
  z.object({ kind: z.literal('tls'), address, detail }),
  z.object({ kind: z.literal('wrong-password'), user: z.string() }),
  /** The access key, its secret or its security token are not taken. */
  z.object({ kind: z.literal('wrong-key'), detail }),
  /** A signature is refused over its time. `aheadMs`: by how much our clock is ahead of theirs, where they say their time. */
  z.object({ kind: z.literal('clock-differs'), aheadMs: z.number().optional(), detail }),
  /** The server wants a login and none is configured. */
  z.object({ kind: z.literal('login-needed') }),
  /** No logins are taken for now: too many of them, or the account is locked. */
  z.object({ kind: z.literal('login-limited'), user: z.string(), detail }),
  /** The token was refused even after a new login. */
  z.object({ kind: z.literal('token-refused'), detail }),
  /**
   * Somebody in front of Nacos does not let us in: a page, or words that are not Nacos's. `mayBeToken`: it may be our
   * token that they do not take.
   */
  z.object({ kind: z.literal('barred'), address, status: z.number(), detail, mayBeToken: z.boolean() }),
  z.object({ kind: z.literal('forbidden'), resource: z.string(), action: z.enum(['read', 'write']) }),
  /** No Raft leader: reads work, writes do not. */
  z.object({ kind: z.literal('no-leader'), detail }),
  /** HTTP 410: this API is switched off on this server. */
  z.object({ kind: z.literal('api-gone'), path: z.string(), replacement: z.string() }),
  /** With what may have been meant instead, where that was looked for: services written `GROUP@@name`. */
  z.object({
    kind: z.literal('service-missing'),
    service: z.string(),
    similar: z.array(z.string()).readonly().optional(),
    /** The id of another namespace that has a service of that name. */
    elsewhere: z.string().optional(),
    /** The id of the namespace, where nothing is registered there and nobody can say whether it exists. */
    unproven: z.string().optional(),
  }),
  z.object({
    kind: z.literal('instance-missing'),
    instance: z.string(),
    /** As a person names it, where it is not plain which one. */
    service: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal('cluster-missing'), cluster: z.string() }),
  /** With the ids of those that bear it as their name, else the nearest ones. */
  z.object({
    kind: z.literal('namespace-missing'),
    namespace: z.string(),
    bearers: z.array(z.string()).readonly().optional(),
    nearest: z
      .array(z.object({ id: z.string(), name: z.string() }).readonly())
      .readonly()
      .optional(),
  }),
  /** This API cannot be asked for the service without meaning another one. */
  z.object({ kind: z.literal('not-addressable'), service: z.string() }),
  /** The answer is about another service than the one that was asked for. */
  z.object({
    kind: z.literal('other-service'),
    address,
    path: z.string(),
    asked: z.string(),
    answered: z.string(),
  }),
  /** HTML or other text where JSON belongs: a proxy, or not Nacos at all. `found`: who speaks there, as it is no HTTP. */
  z.object({ kind: z.literal('not-nacos'), address, detail, found: z.enum(speakers).exactOptional() }),
  /** We are sent on, and do not follow. `to` is without a query and what may be a secret; '' where there is none. */
  z.object({
    kind: z.literal('redirected'),
    address,
    status: z.number(),
    to: z.string(),
    advice: z.discriminatedUnion('kind', [
      /** The same path elsewhere: what to give instead. */
      z.object({
        kind: z.literal('give'),
        server: z.string().optional(),
        contextPath: z.string().optional(),
      }),
      /** A way to log in, of whatever stands in front of Nacos. */
      z.object({ kind: z.literal('login') }),
      /** To where we asked. */
      z.object({ kind: z.literal('loop') }),
      /** It is not said where, or not so that it can be understood. */
      z.object({ kind: z.literal('nowhere') }),
      z.object({ kind: z.literal('elsewhere') }),
    ]),
  }),
  /** There is TLS at an address that was given with http. */
  z.object({ kind: z.literal('https-needed'), address, instead: z.string() }),
  /** There is no TLS at an address that was given with https. */
  z.object({ kind: z.literal('tls-absent'), address, instead: z.string() }),
  /** Another port of a Nacos than the one for HTTP. `otherwise`: what to give if it is the other one of gRPC and Raft. */
  z.object({
    kind: z.literal('other-port'),
    address,
    port: z.enum(['console', 'grpc', 'raft']),
    instead: z.string(),
    otherwise: z.string().optional(),
  }),
  /** HTTP 200 without a body, as 3.x answers when its auth filter fails. */
  z.object({ kind: z.literal('empty-answer'), address, path: z.string() }),
  /** A request that the server calls wrong: our mistake or a version we do not know. */
  z.object({ kind: z.literal('rejected'), status: z.number(), code: z.number(), detail }),
  /** 5xx that is none of the above. */
  z.object({ kind: z.literal('server-error'), status: z.number(), detail }),
  /** Pages that do not make up the list that the server counts: `found` of `total`, however they were asked for. */
  z.object({ kind: z.literal('incomplete'), path: z.string(), found: z.number(), total: z.number() }),
  /** JSON whose shape we do not know. */
  z.object({ kind: z.literal('unreadable'), address: z.string().optional(), path: z.string(), detail }),
]);

export type RegistryError = z.infer<typeof registryErrorSchema>;

/** Nobody spoke. Whoever asks for the next thing waits as long once more. */
export function isSilence({ kind }: RegistryError): boolean {
  return kind === 'unreachable' || kind === 'timeout';
}
