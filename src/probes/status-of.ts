import { Agent, buildConnector, request } from 'undici';

type Sent = { readonly method?: string; readonly signal: AbortSignal };

/** Sends one request on a connection of its own; the status of its answer. Throws where there is none. */
export async function statusOf(url: string, { method = 'GET', signal }: Sent): Promise<number> {
  const { plain, zone } = withoutZone(url);
  const dispatcher = zone === undefined ? undefined : agentOn(zone);
  try {
    const { statusCode, body } = await request(plain, {
      method,
      signal,
      headers: { connection: 'close' },
      ...(dispatcher && { dispatcher }),
    });
    await body.dump();
    return statusCode;
  } finally {
    await dispatcher?.destroy();
  }
}

/** A URL has no place for the link that an address is valid on: `http://[fe80::8%25eth0]/` is none to Node. */
function withoutZone(url: string): { readonly plain: string; readonly zone: string | undefined } {
  const [, before, zone, after] = /^(https?:\/\/[^/?#%]*)%25([^\]/?#]+)(\].*)$/is.exec(url) ?? [];
  return { plain: zone === undefined ? url : `${before}${after}`, zone };
}

/** A socket takes the link with the address. */
function agentOn(zone: string): Agent {
  const connect = buildConnector({});
  return new Agent({
    connect: (options, callback) =>
      connect({ ...options, hostname: `${options.hostname}%${zone}` }, callback),
  });
}
