import type { Script, SeenRequest } from '../../support/servers/scripted-server.ts';
import { byPath } from '../nacos-script.ts';

/** What a server lists, each record as it stands in its JSON. */
export type Lists = {
  readonly services: readonly unknown[];
  /** Of whatever service is asked for. */
  readonly hosts: readonly unknown[];
  readonly members: readonly unknown[];
  readonly namespaces: readonly unknown[];
};

/** Which part of a list an answer holds, and how many there are. */
export type Paging = (
  all: readonly unknown[],
  pageNo: number,
  pageSize: number,
) => { readonly total: unknown; readonly items: unknown };

export const fairPaging: Paging = (all, pageNo, pageSize) => ({
  total: all.length,
  items: all.slice((pageNo - 1) * pageSize, pageNo * pageSize),
});

export const dialects = ['v1', 'v3'] as const;

const paged = (paging: Paging, all: readonly unknown[], { query }: SeenRequest) =>
  paging(all, Number(query.get('pageNo')), Number(query.get('pageSize')));

/** A 2.x or a 3.x with these lists. */
export function serving(dialect: (typeof dialects)[number], lists: Lists, paging = fairPaging): Script {
  return dialect === 'v1' ? nacos2(lists, paging) : nacos3(lists, paging);
}

function nacos2({ services, hosts, members, namespaces }: Lists, paging: Paging): Script {
  const others = byPath({
    '/nacos/v1/console/server/state': { version: '2.2.4' },
    '/nacos/v1/ns/service': { clusters: [{ name: 'DEFAULT' }] },
    '/nacos/v1/ns/instance/list': { hosts },
    '/nacos/v1/core/cluster/nodes': { code: 200, data: members },
    '/nacos/v1/console/namespaces': { code: 200, data: namespaces },
    'PATCH /nacos/v1/ns/instance': 'ok',
  });
  return (request) => {
    switch (request.path) {
      case '/nacos/v1/ns/catalog/instances': {
        const { total, items } = paged(paging, hosts, request);
        return { body: { count: total, list: items } };
      }
      case '/nacos/v1/ns/catalog/services': {
        const { total, items } = paged(paging, services, request);
        const hasInstances = request.query.get('withInstances') === 'true';
        return { body: hasInstances ? items : { count: total, serviceList: [] } };
      }
      default:
        return others(request);
    }
  };
}

function nacos3({ services, hosts, members, namespaces }: Lists, paging: Paging): Script {
  const good = (data: unknown): unknown => ({ code: 0, message: 'success', data });
  const others = byPath({
    '/nacos/v3/admin/core/state': good({ version: '3.1.0' }),
    '/nacos/v3/admin/ns/service': good({ clusterMap: { DEFAULT: {} } }),
    '/nacos/v3/admin/ns/instance/list': good(hosts),
    '/nacos/v3/client/ns/instance/list': good(hosts),
    '/nacos/v3/admin/core/cluster/node/list': good(members),
    '/nacos/v3/admin/core/namespace/list': good(namespaces),
    'PUT /nacos/v3/admin/ns/instance/partial': good('ok'),
  });
  return (request) => {
    if (request.path !== '/nacos/v3/admin/ns/service/list') return others(request);
    const { total, items } = paged(paging, services, request);
    return { body: good({ totalCount: total, pageItems: items }) };
  };
}

export const named = (index: number): object => ({
  ip: `10.0.${Math.floor(index / 250)}.${index % 250}`,
  port: 80,
});

export const turned = <T>(all: readonly T[], by: number): readonly T[] => [
  ...all.slice(by),
  ...all.slice(0, by),
];
