import type { ConnectionSpec } from '../registry/connection-spec.ts';
import type { Plan } from './plan.ts';

/** The same connection in the namespace of the plan: all that it touches is in one, which need not be the profile's. */
export function inItsNamespace<Spec extends ConnectionSpec>({ targets }: Plan, spec: Spec): Spec {
  const { namespace = spec.namespace } = targets[0]?.registrations[0] ?? {};
  return { ...spec, namespace };
}
