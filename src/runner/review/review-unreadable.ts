import type { ServiceView } from '../../core/rollout/service-view.ts';
import type { Unreadable } from '../../core/registry/listed.ts';
import { serviceKey } from '../../core/registry/service.ts';
import type { Finding } from './review.ts';
import { shortName } from '../../core/registry/service-name.ts';

/** Names what cannot be read of every touched service, whichever server node lists it. */
export function reviewUnreadable(views: readonly ServiceView[]): readonly Finding[] {
  const byService = Map.groupBy(views, ({ service }) => serviceKey(service));
  return [...byService.values()].flatMap((nodes): readonly Finding[] => {
    const records = distinct(nodes);
    const [first] = nodes;
    return first === undefined || records.length === 0
      ? []
      : [{ level: 'warning', kind: 'unreadable', service: shortName(first.service), records }];
  });
}

/** Each once, as every node lists the same; two that look alike on one node are two. */
function distinct(nodes: readonly ServiceView[]): readonly Unreadable[] {
  const found = new Map<string, readonly Unreadable[]>();
  for (const { unreadable } of nodes)
    for (const [text, alike] of Map.groupBy(unreadable, (record) => JSON.stringify(record)))
      if (alike.length > (found.get(text)?.length ?? 0)) found.set(text, alike);
  return [...found.values()].flat();
}
