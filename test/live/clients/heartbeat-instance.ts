/**
 * A process that registers itself by HTTP and keeps itself alive by heartbeats, as the smallest application does. It
 * answers on its port, leaves Nacos when it is told to end, and ends when the connection to its lifeline does. SIGUSR2
 * takes it out of Nacos while it goes on, SIGHUP puts it back.
 */
import { createServer, connect } from 'node:net';
import * as z from 'zod';
import { fetchText } from '../../support/servers/fetch-text.ts';

const wordsSchema = z.object({
  servers: z.array(z.string()),
  lifelinePort: z.number(),
  service: z.string(),
  ip: z.string(),
  port: z.number(),
  weight: z.number(),
  metadata: z.record(z.string(), z.string()),
});

const beatEveryMs = 2_000;
const words = wordsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const naming = {
  serviceName: `DEFAULT_GROUP@@${words.service}`,
  clusterName: 'DEFAULT',
  ip: words.ip,
  port: String(words.port),
};
const full = {
  ...naming,
  weight: String(words.weight),
  enabled: 'true',
  ephemeral: 'true',
  metadata: JSON.stringify(words.metadata),
};

/** The first server that answers well. */
async function call(method: string, path: string, query: Record<string, string>): Promise<string> {
  for (const server of words.servers) {
    const url = `${server}/nacos/v1/ns/${path}?${new URLSearchParams(query).toString()}`;
    const { status, text } = await fetchText(url, { method });
    if (status === 200) return text;
  }
  return '';
}

async function beat(): Promise<void> {
  const answer = await call('PUT', 'instance/beat', naming);
  // It forgot us.
  if (answer.includes('20404')) await call('POST', 'instance', full);
}

let beating: NodeJS.Timeout | undefined;

async function register(): Promise<void> {
  await call('POST', 'instance', full);
  beating ??= setInterval(() => void beat(), beatEveryMs);
}

async function leave(): Promise<void> {
  clearInterval(beating);
  beating = undefined;
  await call('DELETE', 'instance', naming);
}

process.once('SIGTERM', () => void leave().then(() => process.exit(0)));
process.on('SIGUSR2', () => void leave());
process.on('SIGHUP', () => void register());
connect(words.lifelinePort, '127.0.0.1')
  .on('error', () => process.exit(1))
  .on('close', () => process.exit(0));
createServer((socket) => socket.on('error', () => undefined).end()).listen(words.port, '127.0.0.1', () => {
  void register();
});
