import { Agent, type Dispatcher, request } from 'undici';
import type { RegistryError } from '../../core/registry/registry-error.ts';
import type { Clock } from '../../world/clock.ts';
import type { Connection } from '../../world/connection.ts';
import { connectionFailure } from './connection-failure.ts';
import { isWrongDoor } from './other-port.ts';

/** What a server said. */
export type Reply = {
  readonly address: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** What was asked, in full. */
  readonly url?: string;
  /** Where a redirect points, as it was said. */
  readonly location?: string | undefined;
  /** `WWW-Authenticate`: what kind of login is wanted. */
  readonly challenge?: string | undefined;
  /** `Date`: what time it is there. */
  readonly date?: string | undefined;
};

export type Exchange =
  | { readonly ok: true; readonly reply: Reply }
  /** `wasSent`: the server may have acted on it. */
  | { readonly ok: false; readonly error: RegistryError; readonly wasSent: boolean };

export type Outgoing = {
  readonly address: string;
  readonly path: string;
  readonly url: string;
  readonly method: Dispatcher.HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
};

/** Sends one request to one address, once. */
export type Transport = {
  exchange(outgoing: Outgoing): Promise<Exchange>;
  close(): Promise<void>;
};

const connectTimeoutMs = 2_000;
const responseSizeMax = 64 * 1024 * 1024;

/** Tells, for one request, whether a connection had taken it before it failed. */
function markingSent(agent: Agent, mark: () => void): Dispatcher {
  return agent.compose(
    (dispatch) => (options, handler) =>
      dispatch(options, {
        onRequestStart: (controller, context) => {
          mark();
          handler.onRequestStart?.(controller, context);
        },
        onResponseStart: (...given) => handler.onResponseStart?.(...given),
        onResponseData: (...given) => handler.onResponseData?.(...given),
        onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
        onResponseError: (...given) => handler.onResponseError?.(...given),
      }),
  );
}

export function openTransport(tls: Connection['tls'], clock: Clock): Transport {
  const secrets = Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
  // Said, so that an environment that makes Node believe any certificate does not make us.
  const connect = { timeout: connectTimeoutMs, rejectUnauthorized: true, ...secrets };
  const reading = new Agent({ connect, connections: 8, maxResponseSize: responseSizeMax });
  // A kept-alive connection may be closed by the server just as a write goes out, and then nobody knows
  // whether it was applied. So each write has a connection of its own.
  const writing = new Agent({ connect, connections: 8, pipelining: 0, maxResponseSize: responseSizeMax });

  const exchange = async (outgoing: Outgoing): Promise<Exchange> => {
    const { address, path, url, method, headers, body, timeoutMs, signal } = outgoing;
    let wasSent = false;
    const start = clock.monotonic();
    const answered = new AbortController();
    const late = new AbortController();
    void clock.sleep(timeoutMs, answered.signal).then(() => late.abort());
    // A login sends a body, and changes nothing that anybody asked for.
    const isRead = method === 'GET' || body !== undefined;
    const agent = method === 'GET' ? reading : writing;
    try {
      const response = await request(url, {
        method,
        headers,
        body: body ?? null,
        dispatcher: markingSent(agent, () => (wasSent = true)),
        signal: signal === undefined ? late.signal : AbortSignal.any([late.signal, signal]),
      });
      const text = await response.body.text();
      const header = (name: string): string | undefined => [response.headers[name]].flat()[0];
      const reply = { address, path, url, status: response.statusCode, body: text };
      const contentType = header('content-type') ?? '';
      const more = {
        location: header('location'),
        challenge: header('www-authenticate'),
        date: header('date'),
      };
      return { ok: true, reply: { ...reply, contentType, ...more } };
    } catch (thrown) {
      const afterMs = Math.round(clock.monotonic() - start);
      const isStopped = late.signal.aborted || signal?.aborted === true;
      const error: RegistryError = isStopped
        ? { kind: 'timeout', address, afterMs, wasSent, ...(isRead && { isRead }) }
        : connectionFailure(thrown, { address, afterMs, wasSent, isRead });
      return { ok: false, error, wasSent: wasSent && !isWrongDoor(error) };
    } finally {
      answered.abort();
    }
  };

  return {
    exchange,
    close: async () => {
      await Promise.all([reading.destroy(), writing.destroy()]);
    },
  };
}
