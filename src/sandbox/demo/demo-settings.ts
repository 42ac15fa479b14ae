import { join } from 'node:path';

/** How long the gateway calls from a list of instances that it fetched, unless it is told otherwise. */
export const demoCacheTtlMs = 8_000;

export const demoCompanion = { group: 'DUBBO_GROUP', service: 'providers:com.acme.Orders:1.0.0:' };

/** What a plan for the demo's services should say. */
export type DemoDefaults = {
  /** The gateway's list is up to 8 s old and Nacos needs 0.6 s: this is enough, with a second to spare. */
  readonly drainMs: number;
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
    drainMs: 10_000,
    deploy: [join(directory, 'redeploy.sh')],
    checkUrl: 'http://{ip}:{port}/actuator/health',
    companion: { of: 'orders', ...demoCompanion, portOffset: 30 },
  };
}
