import type { Reading } from '../../core/event/failure.ts';
import { type Target, mainRegistration } from '../../core/plan/plan.ts';
import { isSameEndpoint } from '../../core/registry/service.ts';
import type { Reached } from '../io/connect.ts';
import { type Renewal, type WhenOff, renewalOf } from './since-off.ts';
import type { Wish } from './wish.ts';

const probeEveryMs = 1000;

export type Awaited =
  | { readonly kind: 'good' }
  | { readonly kind: 'bad'; readonly reading: Reading }
  | { readonly kind: 'not-restarted'; readonly renewal: Exclude<Renewal, 'renewed'> };

/**
 * What starts is put on when it is healthy in Nacos and answers itself, and, where that is asked for, was seen to be another
 * process than the one that was taken off.
 */
export async function awaitGood(
  reached: Reached,
  target: Target,
  wish: Wish,
  whenOff: WhenOff | undefined,
): Promise<Awaited> {
  const { clock } = reached.ports;
  const began = clock.monotonic();
  let { wasAway } = wish;
  for (;;) {
    const renewal = wish.isRestarted && !wasAway ? await renewalOf(reached, target, whenOff) : 'renewed';
    wasAway ||= renewal === 'away';
    const reading = await measured(reached, target, wish);
    const isNew = renewal === 'renewed';
    if (reading.kind === 'good' && isNew) return { kind: 'good' };
    if (clock.monotonic() - began >= wish.withinMs || wish.signal.aborted)
      return isNew || renewal === 'away' ? { kind: 'bad', reading } : { kind: 'not-restarted', renewal };
    await clock.sleep(probeEveryMs, wish.signal);
  }
}

async function measured(
  { ports, connected }: Reached,
  target: Target,
  { isProbed, isRestarted, signal }: Wish,
): Promise<Reading> {
  if (!isProbed && !isRestarted) return { kind: 'good', ms: 0 };
  const main = mainRegistration(target);
  const listed = await connected.registry.instances(main, { known: [main] });
  const own = listed.ok ? listed.value?.items.find((one) => isSameEndpoint(one, main)) : undefined;
  if (own === undefined) return { kind: 'not-registered' };
  if (!own.healthy) return { kind: 'unhealthy' };
  return isProbed ? ports.probeFor(connected.spec)(target.check, main, signal) : { kind: 'good', ms: 0 };
}
