/** A subscription as Nacos lists it. */
export type Consumer = { readonly address: string; readonly agent: string; readonly app: string };

/**
 * What a subscriber is taken for (src/nacos/README.md, Consumers). An agent names the client and not what is built on
 * it: a Java client from 2.0 on may be the whole consumer, or stand below a Spring Cloud that keeps its list for longer.
 * Whoever is not known is taken for the latter. Interfaces of Dubbo (`providers:…`) are consumed by Dubbo.
 */
export function consumerKindOf(
  { address, agent }: Consumer,
  service: string,
): 'legacy' | 'dubbo' | 'spring-cloud' {
  const isOverUdp = /:[1-9]\d*$/.test(address);
  const [, major] = /^Nacos-\w+-Client:v?(\d+)\./i.exec(agent) ?? [];
  if (Number(major) === 1 || isOverUdp) return 'legacy';
  return service.startsWith('providers:') || /dubbo/i.test(agent) ? 'dubbo' : 'spring-cloud';
}

/** `10.0.0.9 (gateway, Nacos-Java-Client:v2.4.2)`; without what says nothing. */
export function consumerText({ address, agent, app }: Consumer): string {
  const about = [app, agent].filter((text) => !/^(unknown|-)?$/i.test(text));
  return about.length === 0 ? address : `${address} (${about.join(', ')})`;
}

type Listed = { readonly address: string };

/** Everybody in any of the lists: who left one, as where its connection broke, may still hold a list of instances. */
export function everListed(lists: readonly (readonly Listed[])[]): readonly Listed[] {
  const found = new Map<string, readonly Listed[]>();
  for (const list of lists)
    for (const [address, some] of Map.groupBy(list, (one) => one.address))
      if (some.length > (found.get(address)?.length ?? 0)) found.set(address, some);
  return [...found.values()].flat();
}
