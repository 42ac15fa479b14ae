import { join } from 'node:path';
import type { FileDrain } from '../../core/plan/drain-file.ts';
import { formatDuration } from '../../core/text/duration.ts';

/**
 * How long the gateway calls from a list of instances that it fetched, unless it is told otherwise. A third of what is
 * usual: long enough to be seen, and nobody wants to wait for a demo.
 */
export const demoCacheTtlMs = 12_000;

export const demoCompanion = { group: 'DUBBO_GROUP', service: 'providers:com.acme.Orders:1.0.0:' };

/** What a plan for the demo's services should say. */
export type DemoDefaults = {
  readonly drain: FileDrain;
  readonly deploy: readonly string[];
  readonly checkUrl: string;
  /** Another registration of each process of the service `of`, on the same host and the port `portOffset` above. */
  readonly companion: {
    readonly of: string;
    readonly group: string;
    readonly service: string;
    readonly portOffset: number;
  };
};

export function demoDefaults(directory: string): DemoDefaults {
  return {
    drain: {
      // The gateway's list is up to 12 s old and Nacos needs 0.6 s: by timer this is enough, with a second to spare.
      time: formatDuration(demoCacheTtlMs + 2_000),
      evidence: { actuator: 'http://{ip}:{port}/actuator' },
    },
    deploy: [join(directory, 'redeploy.sh')],
    checkUrl: 'http://{ip}:{port}/actuator/health',
    companion: { of: 'orders', ...demoCompanion, portOffset: 30 },
  };
}
