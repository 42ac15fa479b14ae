/** How long the slowest kind of consumer keeps calling an instance that Nacos no longer lists (src/nacos/README.md, Consumers). */
export const drainPresetsMs = {
  grpc: 10_000,
  dubbo: 10_000,
  ribbon: 35_000,
  'spring-cloud': 40_000,
  legacy: 50_000,
} as const;

export type ConsumerKind = keyof typeof drainPresetsMs;

export const consumerKinds = Object.keys(drainPresetsMs) as readonly ConsumerKind[];

/** Long enough for a stock Spring Cloud Gateway, whose list lives 35 s. */
export const defaultConsumers: ConsumerKind = 'spring-cloud';
