import { type Registration, registrationId } from '../../core/plan/plan.ts';
import { endpointText, instanceKey } from '../../core/registry/service.ts';
import { type Context, readCounted } from '../context/context.ts';
import { recordsInReach } from '../context/node-views.ts';
import { cutOffWriteMs } from '../registry/late-writes.ts';

const againEveryMs = 5000;
const tries = 6;
/** What registered by HTTP is listed for 31 s after its last heartbeat. */
const goneWithinMs = 60_000;

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
  const isGone = !mayMark || (await awaitGone(context, name, registration, signal));
  for (let tried = isGone ? 1 : tries; !signal.aborted; tried++) {
    const outcome = !mayMark ? 'accepted' : isGone ? await setOn(context, registration, signal) : 'refused';
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
  if (former?.isUnsettled === true) await context.world.clock.sleep(cutOffWriteMs, signal);
}

/**
 * Where only the spelling is another one, the old record may be listed after its process has gone: put on, it would
 * lead consumers to what is not checked yet. Whether it is gone in time.
 */
async function awaitGone(
  context: Context,
  name: string,
  registration: Registration,
  signal: AbortSignal,
): Promise<boolean> {
  const { clock } = context.world;
  const isRespelled = context
    .target(name)
    .registrations.some((one) => instanceKey(one) === instanceKey(registration));
  if (!isRespelled) return true;
  const began = clock.monotonic();
  while (!signal.aborted) {
    const readings = await readCounted(context, [registration], signal);
    const isKnown = readings.every(({ ok }) => ok);
    if (isKnown && recordsInReach(readings, registration).length === 0) return true;
    if (clock.monotonic() - began >= goneWithinMs) return false;
    await clock.sleep(againEveryMs, signal);
  }
  return true;
}

async function setOn(
  context: Context,
  registration: Registration,
  signal: AbortSignal,
): Promise<'accepted' | 'refused' | 'unknown'> {
  const { weight } = registration;
  const instance = registrationId(registration);
  return context.exclusive(instance, async () => {
    // Whoever had its turn before may have found it there again.
    if (signal.aborted) return 'unknown';
    const readings = await readCounted(context, [registration], signal);
    if (signal.aborted) return 'unknown';
    if (!readings.every(({ ok }) => ok)) return 'refused';
    const listed = recordsInReach(readings, registration);
    const isAbsent = listed.length === 0;
    // Whoever came there on, or with another weight, has been written to since: that took the place of the mark.
    if (!isAbsent && listed.every((one) => one.enabled || one.weight !== weight)) return 'accepted';
    const mode = isAbsent ? 'absent' : 'registered';
    const outcome = await context.world.registry.write({ instance, enabled: true, weight, mode });
    return outcome.kind;
  });
}
