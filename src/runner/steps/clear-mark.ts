import { type Registration, registrationId } from '../../core/plan.ts';
import { endpointText } from '../../core/service.ts';
import type { Context } from '../context.ts';

const againEveryMs = 5000;
const tries = 6;

/** A write there whose fate is unknown may be applied this much later: its time-out, and what Raft takes (bring.ts). */
const lateWriteMs = 24_000;

/**
 * Keeping out left a mark where the target was before: it never ends by itself, and would take off whoever gets that
 * address next. The event that told of the new address is the intent. One address at a time.
 */
export async function clearMark(context: Context, name: string, signal: AbortSignal): Promise<void> {
  const { clock, registry } = context.world;
  const [former] = context.state(name).former;
  if (former === undefined) return;
  const server = await registry.server();
  const mayMark = server.ok && server.value.traits.mayMarkAbsent;
  const instance = endpointText(former.registration);
  for (let tried = 1; !signal.aborted; tried++) {
    const outcome = mayMark ? await setOn(context, name, former.registration, signal) : 'accepted';
    if (signal.aborted) return;
    // Given up: the mark is named by the journal for as long as it is not cleared.
    const isLast = outcome !== 'refused' || tried === tries;
    const told = outcome === 'refused' ? 'unknown' : outcome;
    if (isLast) return context.record({ type: 'mark-cleared', target: name, instance, outcome: told });
    await clock.sleep(againEveryMs, signal);
  }
}

async function setOn(
  context: Context,
  name: string,
  registration: Registration,
  signal: AbortSignal,
): Promise<'accepted' | 'refused' | 'unknown'> {
  const { clock, registry } = context.world;
  const { weight, metadata } = registration;
  const instance = registrationId(registration);
  // After any write that keeping out has still on its way there.
  return context.exclusive(instance, async () => {
    const former = context.state(name).former.find((one) => one.registration === registration);
    if (former?.isUnsettled === true) await clock.sleep(lateWriteMs, signal);
    if (signal.aborted) return 'unknown';
    const outcome = await registry.write({ instance, enabled: true, weight, metadata, mode: 'absent' });
    return outcome.kind;
  });
}
