import { Socket } from 'node:net';
import { Agent, type Dispatcher, buildConnector, request } from 'undici';
import type { Reading } from '../core/event/failure.ts';
import { isNoTls, speakerOf, unresolvedBy } from '../core/registry/speaker.ts';
import { detailOf } from './command-group.ts';
import { noteOwnSocket } from './own-sockets.ts';

/** Why nobody answered, or who did instead of an HTTP server. */
export function unanswered(error: unknown): Reading {
  const detail = detailOf(error);
  const host = unresolvedBy(error);
  if (host !== undefined) return { kind: 'unresolved', host, detail };
  const { name, data, message, reason } = error as Partial<Record<string, unknown>>;
  if (name === 'HTTPParserError')
    return { kind: 'other-speaker', found: speakerOf(typeof data === 'string' ? data : '') };
  return isNoTls(`${String(message)} ${String(reason)}`)
    ? { kind: 'other-speaker', found: 'no-tls' }
    : { kind: 'refused', detail };
}

type Sent = { readonly method?: string; readonly signal: AbortSignal };

/** Sends one request on a connection of its own; the status of its answer. Throws where there is none. */
export function statusOf(url: string, { method = 'GET', signal }: Sent): Promise<number> {
  return withConnections(url, async (plain, dispatcher) => {
    const headers = { connection: 'close' };
    const { statusCode, body } = await request(plain, { method, signal, headers, dispatcher });
    await body.dump();
    return statusCode;
  });
}

/** The text of an answer, and unless it is one of 2xx why it does not count. */
export type Fetched = { readonly text: string } & (
  | { readonly ok: true }
  | { readonly ok: false; readonly why: Reading }
);

/** What is longer is not read. */
export const answerLimitBytes = 1_000_000;

/** How many connections one reading may open. */
const connectionsMax = 4;

/** Asks for texts under `base`, the first of which opens connections that the others share. Throws as `request` does. */
export function withTexts<T>(
  base: string,
  signal: AbortSignal,
  use: (textAt: (path: string) => Promise<Fetched>) => Promise<T>,
): Promise<T> {
  return withConnections(base, (plain, dispatcher) => {
    const { url, authorization } = withoutUser(plain);
    return use(async (path) => {
      const headers = { ...(authorization !== undefined && { authorization }) };
      return textOf(await request(url + path, { signal, headers, dispatcher }));
    });
  });
}

async function textOf({ statusCode, body }: Dispatcher.ResponseData): Promise<Fetched> {
  const isGood = statusCode >= 200 && statusCode < 300;
  const badStatus: Reading = { kind: 'http-status', status: statusCode };
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    const tooLarge: Reading = { kind: 'too-large', limitBytes: answerLimitBytes };
    if (bytes > answerLimitBytes) return { ok: false, why: isGood ? tooLarge : badStatus, text: '' };
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  return isGood ? { ok: true, text } : { ok: false, why: badStatus, text };
}

async function withConnections<T>(
  url: string,
  use: (plain: string, dispatcher: Dispatcher) => Promise<T>,
): Promise<T> {
  const { plain, zone } = withoutZone(url);
  const connect = buildConnector({});
  const dispatcher = new Agent({
    connections: connectionsMax,
    connect: (options, callback) => {
      // A socket takes the link with the address.
      const hostname = zone === undefined ? options.hostname : `${options.hostname}%${zone}`;
      const made: unknown = connect({ ...options, hostname }, callback);
      if (made instanceof Socket) noteOwnSocket(made);
    },
  });
  try {
    return await use(plain, dispatcher);
  } finally {
    await dispatcher.destroy();
  }
}

/** A URL has no place for the link that an address is valid on: `http://[fe80::8%25eth0]/` is none to Node. */
function withoutZone(url: string): { readonly plain: string; readonly zone: string | undefined } {
  const [, before, zone, after] = /^(https?:\/\/[^/?#%]*)%25([^\]/?#]+)(\].*)$/is.exec(url) ?? [];
  return { plain: zone === undefined ? url : `${before}${after}`, zone };
}

/** `http://user:word@host/` is sent as a login, which no URL of a request may hold. */
function withoutUser(url: string): { readonly url: string; readonly authorization: string | undefined } {
  const [, scheme, user, rest] = /^(https?:\/\/)([^/?#]*)@(.*)$/is.exec(url) ?? [];
  if (user === undefined) return { url, authorization: undefined };
  const [, name = user, word = ''] = /^([^:]*):(.*)$/s.exec(user) ?? [];
  const login = Buffer.from(`${decodeURIComponent(name)}:${decodeURIComponent(word)}`);
  return { url: `${scheme}${rest}`, authorization: `Basic ${login.toString('base64')}` };
}
