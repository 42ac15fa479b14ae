import { type Check, type Plan, mainRegistration } from '../../core/plan/plan.ts';
import type { World } from '../../world/world.ts';
import type { Finding } from './review.ts';

/**
 * Tries every probe on the instance as it runs now. A configured one that fails on a working instance would fail every
 * check: it stops the review. The default one is dropped, and the registration must then stay healthy for longer.
 */
export async function reviewProbes(
  world: Pick<World, 'probe'>,
  plan: Plan,
): Promise<{ readonly plan: Plan; readonly findings: readonly Finding[] }> {
  const findings: Finding[] = [];
  const targets = await Promise.all(
    plan.targets.map(async (target) => {
      const main = mainRegistration(target);
      for (const check of main.wasEnabled ? [target.warmUp?.check, target.soak?.check] : []) {
        if (check === undefined) continue;
        const reading = await world.probe(check, main, new AbortController().signal);
        if (reading.kind !== 'good')
          findings.push({ level: 'refused', kind: 'probe', target: target.name, reading, isDropped: false });
      }
      // One that is off already may well be down.
      const isNothing = target.check.kind === 'registration' && target.check.changed === undefined;
      if (!main.wasEnabled || isNothing) return target;
      const reading = await world.probe(target.check, main, new AbortController().signal);
      if (reading.kind === 'good') return target;
      const isDropped = target.check.kind === 'tcp' && target.check.isDefault;
      findings.push({
        level: isDropped ? 'warning' : 'refused',
        kind: 'probe',
        target: target.name,
        reading,
        isDropped,
      });
      return isDropped ? { ...target, check: registrationOnly(target.check) } : target;
    }),
  );
  return { plan: { ...plan, targets }, findings };
}

function registrationOnly({ successes, withinMs }: Check): Check {
  return { kind: 'registration', successes, withinMs };
}
