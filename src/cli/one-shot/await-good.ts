import type { Reading } from '../../core/event/failure.ts';
import { type Target, mainRegistration } from '../../core/plan/plan.ts';
import { isSameEndpoint } from '../../core/registry/service.ts';
import type { Reached } from '../io/connect.ts';
import type { Wish } from './wish.ts';

const probeEveryMs = 1000;

/** What starts is put on when it is healthy in Nacos and answers itself; the last bad reading otherwise. */
export async function awaitGood(
  { ports, connected }: Reached,
  target: Target,
  { withinMs, signal }: Wish,
): Promise<Reading | undefined> {
  const main = mainRegistration(target);
  const probe = ports.probeFor(connected.spec);
  const began = ports.clock.monotonic();
  for (;;) {
    const listed = await connected.registry.instances(main, { known: [main] });
    const own = listed.ok ? listed.value?.items.find((one) => isSameEndpoint(one, main)) : undefined;
    const reading: Reading =
      own === undefined
        ? { kind: 'not-registered' }
        : own.healthy
          ? await probe(target.check, main, signal)
          : { kind: 'unhealthy' };
    if (reading.kind === 'good') return undefined;
    if (ports.clock.monotonic() - began >= withinMs || signal.aborted) return reading;
    await ports.clock.sleep(probeEveryMs, signal);
  }
}
