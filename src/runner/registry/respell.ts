import type { Registration } from '../../core/plan/plan.ts';
import { isSameEndpoint } from '../../core/registry/service.ts';
import type { Context } from '../context/context.ts';
import { type NodeReading, type NodeView, viewsOf } from '../context/node-views.ts';

/**
 * Notes that a process has registered with its address spelled otherwise, as a new version may. Nacos takes it for
 * another instance, so writes, and marks for when it is away, go there from now on. Whether it was so.
 */
export function noteSpelling(
  context: Context,
  name: string,
  index: number,
  readings: readonly NodeReading[],
): boolean {
  const { registrations } = context.target(name);
  const registration = registrations[index];
  const ip = registration === undefined ? undefined : spellingNow(registration, readings);
  if (registration === undefined || ip === undefined) return false;
  context.record({
    type: 'identified',
    target: name,
    registrations: registrations.map((one) => (one === registration ? { ...one, ip } : one)),
    by: 'nobody',
    isRespelled: true,
  });
  return true;
}

function spellingNow(registration: Registration, readings: readonly NodeReading[]): string | undefined {
  const listed = viewsOf(readings, registration)
    .flatMap(({ instances }) => instances)
    .filter((one) => isSameEndpoint(one, registration));
  const own = listed.filter(({ ip }) => ip === registration.ip);
  const others = listed.filter(({ ip }) => ip !== registration.ip);
  if (own.length === 0) return others[0]?.ip;
  // The old one may be listed for a while after its process has gone.
  return own.some(({ enabled }) => enabled) ? undefined : others.find(({ enabled }) => enabled)?.ip;
}

/** Whether a node gives consumers its address in another spelling. */
export function isGivenOtherwise({ consumers }: NodeView, registration: Registration): boolean {
  return consumers.some((one) => isSameEndpoint(one, registration) && one.ip !== registration.ip);
}
