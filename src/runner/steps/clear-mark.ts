import { type Registration, registrationId } from '../../core/plan/plan.ts';
import { endpointText } from '../../core/registry/service.ts';
import type { Context } from '../context/context.ts';

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
  const { registration } = former;
  const instance = endpointText(registration);
  if (mayMark) await awaitLate(context, name, registration, signal);
  for (let tried = 1; !signal.aborted; tried++) {
    const outcome = mayMark ? await setOn(context, registration) : 'accepted';
    if (signal.aborted) return;
    // Given up: the mark is named by the journal for as long as it is not cleared.
    const isLast = outcome !== 'refused' || tried === tries;
    const told = outcome === 'refused' ? 'unknown' : outcome;
    if (isLast) return context.record({ type: 'mark-cleared', target: name, instance, outcome: told });
    await clock.sleep(againEveryMs, signal);
  }
}

/** Any write that keeping out still has on its way there; whoever waits for a turn there does not wait for us. */
async function awaitLate(
  context: Context,
  name: string,
  registration: Registration,
  signal: AbortSignal,
): Promise<void> {
  await context.exclusive(registration, async () => undefined);
  const former = context.state(name).former.find((one) => one.registration === registration);
  if (former?.isUnsettled === true) await context.world.clock.sleep(lateWriteMs, signal);
}

async function setOn(
  context: Context,
  registration: Registration,
): Promise<'accepted' | 'refused' | 'unknown'> {
  const { weight } = registration;
  const instance = registrationId(registration);
  return context.exclusive(instance, async () => {
    const outcome = await context.world.registry.write({
      instance,
      enabled: true,
      weight,
      mode: 'absent',
    });
    return outcome.kind;
  });
}
