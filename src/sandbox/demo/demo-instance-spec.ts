import * as z from 'zod';
import { demoCompanion } from './demo-settings.ts';

/** What one demo process is told when it starts, as one JSON word of its command line. */
export const demoInstanceSchema = z.object({
  service: z.string(),
  ip: z.literal('127.0.0.1'),
  port: z.int(),
  weight: z.number(),
  version: z.string(),
  zone: z.string(),
  companion: z.object({ group: z.string(), service: z.string(), port: z.int() }).optional(),
  /** How long it takes until it listens. */
  bootMs: z.int(),
  /** Its health check says 503. */
  isIll: z.boolean(),
  nacos: z.url(),
  /** By which it registers. */
  api: z.enum(['v1', 'v3']),
  control: z.url(),
  directory: z.string(),
});

export type DemoInstanceSpec = z.infer<typeof demoInstanceSchema>;

type DemoProcess = Pick<DemoInstanceSpec, 'service' | 'port' | 'weight' | 'version' | 'zone' | 'companion'>;

/** The processes of the demo; their ports lie in one block, whose first port is the control's. */
export function demoProcesses(block: number): readonly DemoProcess[] {
  const orders = ['a', 'b', 'a'].map((zone, index) => ({
    service: 'orders',
    port: block + 1 + index,
    weight: 5,
    version: '41',
    zone,
    companion: {
      ...demoCompanion,
      port: block + 31 + index,
    },
  }));
  const shop = ['a', 'b'].map((zone, index) => ({
    service: 'shop',
    port: block + 11 + index,
    weight: 1,
    version: '7',
    zone,
    companion: undefined,
  }));
  const report = {
    service: 'orders-report',
    port: block + 21,
    weight: 1,
    version: '3',
    zone: 'a',
    companion: undefined,
  };
  return [...orders, ...shop, report];
}

/** Blocks to try, one for each demo that runs at the same time; all below the ports that clients are given. */
export const demoBlocks: readonly number[] = Array.from({ length: 40 }, (_, index) => 18_080 + 100 * index);
