import type { Reached } from '../../src/core/registry/connection-spec.ts';

/** What a journal says of the Nacos that a rollout was planned on. */
export function reachedAt(...servers: readonly string[]): Reached {
  return {
    servers,
    acceptedNodes: [],
    contextPath: '/nacos',
    namespace: 'public',
    tls: {},
    isProduction: false,
    isReadOnly: false,
    product: 'nacos',
    version: '2.2.4',
  };
}
