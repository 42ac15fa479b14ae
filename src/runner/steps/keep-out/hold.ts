import type { Registration } from '../../../core/plan/plan.ts';
import { writeOnce } from '../../registry/write-once.ts';
import { type Watch } from './watch.ts';

/** Nacos forgets `enabled=false` 60-65 s after a registration ended; a mark written at least this often is there when it comes back (src/nacos/README.md, Memory). */
const holdEveryMs = 2000;

export async function hold(watch: Watch, index: number, registration: Registration): Promise<void> {
  const { context, name, signal } = watch;
  const { clock, registry } = context.world;
  const server = await registry.server();
  if (!server.ok || !server.value.traits.mayMarkAbsent) return;
  const last = watch.heldAt.get(index);
  if (last !== undefined && clock.monotonic() - last < holdEveryMs) return;
  await context.exclusive(registration, async () => {
    // It may have come back under another address meanwhile, and is to be looked at first.
    const isSame = context.target(name).registrations[index] === registration;
    const wish = { target: name, registration: index, enabled: false, purpose: 'hold-absent' } as const;
    if (!signal.aborted && isSame) await writeOnce(context, wish, undefined);
  });
  watch.heldAt.set(index, clock.monotonic());
}
