import { type Check, type Plan, type Registration, mainRegistration } from '../../core/plan/plan.ts';
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
  // What is to be rolled back may well be ill.
  const level = plan.rollsBack === undefined ? 'refused' : 'warning';
  const targets = await Promise.all(
    plan.targets.map(async (target) => {
      const main = mainRegistration(target);
      for (const check of isOn(main) ? [target.warmUp?.check, target.soak?.check] : []) {
        if (check === undefined) continue;
        const reading = await world.probe(check, main, new AbortController().signal);
        if (reading.kind !== 'good')
          findings.push({ level, kind: 'probe', target: target.name, reading, isDropped: false });
      }
      // One that is off already may well be down.
      const isNothing = target.check.kind === 'registration' && target.check.changed === undefined;
      if (!isOn(main) || isNothing) return target;
      const reading = await world.probe(target.check, main, new AbortController().signal);
      if (reading.kind === 'good') return target;
      const isDropped = target.check.kind === 'tcp' && target.check.isDefault;
      findings.push({
        level: isDropped ? 'warning' : level,
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

function isOn({ wasEnabled, left }: Registration): boolean {
  return wasEnabled && left === undefined;
}

function registrationOnly({ successes, withinMs }: Check): Check {
  return { kind: 'registration', successes, withinMs };
}
