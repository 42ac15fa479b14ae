import { type Unreadable } from '../registry/listed.ts';
import { type Registration } from '../plan/plan.ts';
import {
  type Endpoint,
  type Instance,
  type ServiceId,
  isSameEndpoint,
  isSameService,
  isServing,
} from '../registry/service.ts';

/** What one server node lists of one service. */
export type ServiceView = {
  readonly node: string;
  readonly service: ServiceId;
  readonly instances: readonly Instance[];
  /** What of the list cannot be read: nobody's traffic rests on it. */
  readonly unreadable: readonly Unreadable[];
  /** What it gives to consumers, where that was asked. */
  readonly given?: readonly Endpoint[];
  readonly protectThreshold: number;
};

/** The ratio of healthy ones at which Nacos lists the ill ones as healthy (src/nacos/README.md, Protection: reached when ratio <= threshold). */
export function thresholdRatio(view: ServiceView, enabledAfter: readonly Instance[]): number | undefined {
  // For all that we know, one that cannot be read is on and ill.
  const all = enabledAfter.length + view.unreadable.length;
  const ratio = all === 0 ? 1 : enabledAfter.filter(isServing).length / all;
  return ratio < 1 && ratio <= view.protectThreshold ? ratio : undefined;
}

/** Others of the service still serve, but none of this cluster: consumers that prefer their own cluster go elsewhere. */
export function emptiedCluster(
  serving: readonly Instance[],
  registration: Registration,
  own: readonly Registration[],
): { readonly emptiedCluster?: string } {
  const left = without(serving, own);
  const taken = serving.find((instance) => isSameEndpoint(instance, registration));
  const isEmptied =
    taken !== undefined && left.length > 0 && left.every((instance) => instance.cluster !== taken.cluster);
  return isEmptied ? { emptiedCluster: taken.cluster } : {};
}

export function without(instances: readonly Instance[], taken: readonly Endpoint[]): readonly Instance[] {
  return instances.filter((instance) => !taken.some((one) => isSameEndpoint(instance, one)));
}

export function weightOf(instances: readonly Instance[]): number {
  return instances.filter(isServing).reduce((sum, instance) => sum + instance.weight, 0);
}

export function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100);
}

/** On when the plan was made, and now listed as off wherever it is listed. */
export function isListedOff(registration: Registration, views: readonly ServiceView[]): boolean {
  const listed = views
    .filter((view) => isSameService(view.service, registration))
    .flatMap((view) => view.instances)
    .filter((instance) => isSameEndpoint(instance, registration));
  return registration.wasEnabled && listed.length > 0 && listed.every((instance) => !instance.enabled);
}
