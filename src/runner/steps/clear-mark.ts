import { type Registration, registrationId } from '../../core/plan.ts';
import { endpointText } from '../../core/service.ts';
import type { Context } from '../context.ts';

const againEveryMs = 5000;
const tries = 6;

/**
 * Keeping out left a mark where the target was before: it never ends by itself, and would take off whoever gets that
 * address next. The event that told of the new address is the intent.
 */
export async function clearMark(context: Context, name: string, signal: AbortSignal): Promise<void> {
  const { clock, registry } = context.world;
  const server = await registry.server();
  const mayMark = server.ok && server.value.traits.mayMarkAbsent;
  const count = context.target(name).registrations.length;
  for (const [at, registration] of context.state(name).former.entries()) {
    const instance = endpointText(registration);
    for (let tried = 1; !signal.aborted; tried++) {
      const outcome = mayMark ? await setOn(context, `${name} ${at % count}`, registration) : 'accepted';
      // Given up: the mark is named by the journal for as long as it is not cleared.
      const isLast = outcome !== 'refused' || tried === tries;
      if (isLast && !signal.aborted)
        context.record({
          type: 'mark-cleared',
          target: name,
          instance,
          outcome: outcome === 'refused' ? 'unknown' : outcome,
        });
      if (isLast) break;
      await clock.sleep(againEveryMs, signal);
    }
  }
}

async function setOn(
  context: Context,
  queue: string,
  registration: Registration,
): Promise<'accepted' | 'refused' | 'unknown'> {
  const { weight, metadata } = registration;
  const instance = registrationId(registration);
  // After any write that keeping out has still on its way there.
  return context.exclusive(queue, async () => {
    const outcome = await context.world.registry.write({
      instance,
      enabled: true,
      weight,
      metadata,
      mode: 'absent',
    });
    return outcome.kind;
  });
}
