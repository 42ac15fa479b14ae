import type { Server } from 'node:http';
import { request } from 'undici';
import type { Clock } from '../../world/clock.ts';
import { namingQuery } from '../gateway/client-api.ts';
import { applicationServer } from '../application/application-server.ts';
import { removeDemoDirectory } from './demo-directory.ts';
import { demoInstanceSchema, type DemoInstanceSpec } from './demo-instance-spec.ts';
import { lifeline } from './parent-watch.ts';

export type DemoInstanceIo = {
  readonly argv: readonly string[];
  readonly clock: Clock;
  /** Calls back at SIGTERM. */
  readonly onTerminate: (listener: () => void) => void;
};

const beatEveryMs = 5_000;
/** Dubbo's protocol is not spoken here: HTTP to a method of the interface stands for it. */
const companionPath = '/com.acme.Orders/find';

/** One process of the demo: boots, listens, registers, beats; ends at SIGTERM, or when the sandbox is gone. */
export async function runDemoInstance({ argv, clock, onTerminate }: DemoInstanceIo): Promise<number> {
  const spec = demoInstanceSchema.parse(JSON.parse(argv[0] ?? ''));
  const terminated = new Promise<'terminated'>((resolve) => {
    onTerminate(() => resolve('terminated'));
  });
  const orphaned = lifeline(spec.control).then(() => 'orphaned' as const);
  const served = serve(spec, clock).catch(() => 'failed' as const);
  const end = await Promise.race([terminated, orphaned, served]);
  if (end === 'terminated')
    await Promise.allSettled(registrations(spec).map((one) => call('DELETE', spec, one)));
  if (end === 'orphaned') await removeDemoDirectory(spec.directory);
  return end === 'failed' ? 1 : 0;
}

async function serve(spec: DemoInstanceSpec, clock: Clock): Promise<never> {
  await clock.sleep(spec.bootMs);
  const { port, companion } = spec;
  await listen(applicationServer({ ...spec, pattern: `/${spec.service}/{id}`, clock }), port);
  if (companion)
    await listen(
      applicationServer({ ...spec, port: companion.port, pattern: companionPath, clock }),
      companion.port,
    );
  for (const one of registrations(spec)) await call('POST', spec, one);
  for (;;) {
    await clock.sleep(beatEveryMs);
    await Promise.allSettled(registrations(spec).map((one) => call('PUT', spec, one)));
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

type Registered = { readonly name: string; readonly port: number; readonly weight: number };

function registrations({ service, port, weight, companion }: DemoInstanceSpec): readonly Registered[] {
  const own = { name: `DEFAULT_GROUP@@${service}`, port, weight };
  if (!companion) return [own];
  return [own, { name: `${companion.group}@@${companion.service}`, port: companion.port, weight: 1 }];
}

/** Registers, beats, deregisters. A beat tells the whole registration, so that whoever was forgotten is back. */
async function call(
  method: 'POST' | 'PUT' | 'DELETE',
  spec: DemoInstanceSpec,
  one: Registered,
): Promise<void> {
  const { ip, version, zone, api } = spec;
  const metadata = { version, zone };
  const { name: serviceName, port, weight } = one;
  const beat = JSON.stringify({ serviceName, ip, port, weight, cluster: 'DEFAULT', metadata });
  const place = { ip, port: String(port), weight: String(weight) };
  const query = new URLSearchParams({ ...namingQuery(serviceName, api), ...place });
  const isBeat = method === 'PUT';
  if (method === 'POST' || api === 'v3') query.set('metadata', JSON.stringify(metadata));
  if (isBeat && api === 'v1') query.set('beat', beat);
  const v1Path = isBeat ? '/v1/ns/instance/beat' : '/v1/ns/instance';
  const path = `/nacos${api === 'v1' ? v1Path : '/v3/client/ns/instance'}`;
  const answer = await request(`${spec.nacos}${path}?${query.toString()}`, {
    method: isBeat && api === 'v3' ? 'POST' : method,
  });
  await answer.body.dump();
}
