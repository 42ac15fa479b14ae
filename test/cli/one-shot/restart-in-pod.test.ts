import { afterEach, expect, test } from 'vitest';
import { openRegistry } from '../../../src/nacos/open-registry.ts';
import { type SandboxServer, startSandboxServer } from '../../../src/sandbox/server.ts';
import { realClock } from '../../../src/world/clock.ts';
import { connectionTo } from '../../contract/subjects/subject.ts';
import { fetchText } from '../../support/servers/fetch-text.ts';
import { type HeartbeatClient, heartbeatClient } from '../../support/servers/heartbeat-client.ts';
import { whileRunning } from '../../support/processes/while-running.ts';
import { instance } from '../support/fake-registry.ts';
import { type Stage, server, setStage } from '../support/stage.ts';

type Place = { nacos: SandboxServer; applications: HeartbeatClient; stage: Stage };
let place: Place | undefined;

afterEach(async () => {
  place?.applications.close();
  await place?.nacos.close();
});

/** The commands of the README's recipe on a Nacos whose clock we turn; this machine, the pod, is 10.0.0.1. */
async function setPlace(kind: '1.4' | '2.x' | '3.x'): Promise<Place> {
  const stage = setStage();
  const nacos = await startSandboxServer({ kind, clock: stage.clock });
  const applications = heartbeatClient({ url: nacos.url });
  stage.ports = {
    ...stage.ports,
    connect: async (spec) => ({
      ok: true,
      value: {
        spec,
        registry: openRegistry(connectionTo(nacos.url, undefined), { clock: realClock }),
        reached: { ...spec, product: 'nacos', version: kind },
      },
    }),
  };
  place = { nacos, applications, stage };
  for (const ip of ['10.0.0.1', '10.0.0.2']) await keepRegistered(place, ip);
  await stage.clock.advance(1000);
  return place;
}

/** A pod that lives by the clock that we turn, until it is deregistered. */
async function keepRegistered({ applications, stage }: Place, ip: string): Promise<void> {
  const own = instance('orders', ip, 8080);
  const again = (): void =>
    stage.clock.after(4000, () => {
      if (applications.isAlive(own)) void applications.register(own).then(again, () => undefined);
    });
  await applications.register(own);
  again();
}

/** Time passes no faster than the server answers. */
async function passed({ stage, nacos }: Place, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    await fetchText(`${nacos.url}/nacos/v1/ns/operator/metrics`, { method: 'GET' });
    await stage.clock.advance(100);
  }
}

function ended(here: Place, ...argv: string[]): ReturnType<Stage['run']> {
  return whileRunning(here.stage.run(...argv, ...server), () => passed(here, 100));
}

async function consumersOf({ nacos }: Place): Promise<readonly string[]> {
  const registry = openRegistry(connectionTo(nacos.url, undefined), { clock: realClock });
  const view = await registry.consumerView(instance('orders', '', 0));
  await registry.close();
  return view.ok ? view.value.items.map(({ ip }) => ip).toSorted() : [view.error.kind];
}

test.each(['2.x', '3.x'] as const)(
  'on %s a container that restarts on its ip stays off until enable --self has seen it answer',
  async (kind) => {
    const here = await setPlace(kind);
    const { applications, stage } = here;
    const own = instance('orders', '10.0.0.1', 8080);
    const disabled = await ended(here, 'disable', 'orders', '--self', '--wait', '4s', '--override', 'orders');
    expect(disabled.code).toBe(0);
    await applications.deregister(own);
    await passed(here, 20_000);
    let isListening = false;
    stage.probed = () =>
      isListening ? { kind: 'good', ms: 1 } : { kind: 'refused', detail: 'ECONNREFUSED' };
    stage.clock.after(5000, () => void applications.register({ ...own, metadata: { version: '2' } }));
    stage.clock.after(9000, () => (isListening = true));
    stage.clock.after(8500, () => void consumersOf(here).then((seen) => seenBefore.push(...seen)));
    const seenBefore: string[] = [];
    const enabled = await ended(here, 'enable', 'orders', '--self', '--within', '60s');
    expect(enabled.code).toBe(0);
    expect(seenBefore).toEqual(['10.0.0.2']);
    expect(await consumersOf(here)).toEqual(['10.0.0.1', '10.0.0.2']);
  },
);
