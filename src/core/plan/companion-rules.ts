import { type ServiceId, endpointText, type Instance } from '../registry/service.ts';
import { isOfPattern } from '../text/glob.ts';
import { fullName } from '../registry/service-name.ts';
import type { PlanFile, PlanFileService } from './plan-file.ts';

export type Companion = NonNullable<PlanFileService['companions']>[number];
/** One service by its name, or several by a pattern. */
export type NamedCompanion = Exclude<Companion, string>;

/** Whether it says how companions are found, instead of naming one: `process`, `ip`, or a name with `*` in it. */
export function isRule(companion: Companion): boolean {
  return typeof companion === 'string' || isPattern(companion);
}

export function isPattern({ service }: NamedCompanion): boolean {
  return service.includes('*');
}

/** Whether a pattern means this service: `*` stands for anything, also nothing, and every other character for itself. */
export function isMeant(pattern: NamedCompanion, group: string, id: ServiceId): boolean {
  if (id.group !== (pattern.group ?? group) || isLeftAlone(id, pattern)) return false;
  return isOfPattern(id.service, pattern.service);
}

/** Dubbo registers its consumers and its rules as services of their own: nobody calls them. */
const uncalled = /^(consumers|configurators|routers):/;

/** Whether nobody calls it, and no pattern asks for its kind by name. */
export function isLeftAlone({ service }: ServiceId, pattern?: NamedCompanion): boolean {
  const [kind] = uncalled.exec(service) ?? [];
  return kind !== undefined && pattern?.service.startsWith(kind) !== true;
}

/** `process`, `ip`, or `GROUP@@name`, as one types it. */
export function companionText(companion: Companion, group: string): string {
  return typeof companion === 'string'
    ? companion
    : fullName({ group: companion.group ?? group, service: companion.service });
}

/** `GROUP@@name ip:port`: a companion as a saved plan holds it. */
export function foundText(instance: Pick<Instance, 'group' | 'service' | 'ip' | 'port'>): string {
  return `${fullName(instance)} ${endpointText(instance)}`;
}

/** The file with what its defaults say of companions at each service that says nothing of them. */
export function withDefaultCompanions(file: PlanFile): PlanFile {
  const { companions, ...defaults } = file.defaults ?? {};
  if (companions === undefined) return file;
  const stages = file.stages.map((stage) => ({
    ...stage,
    services: stage.services.map((entry) => ({ companions, ...entry })),
  }));
  return { ...file, defaults, stages };
}
