import { springError } from './reply.ts';
import { route, type Route } from './route.ts';

/** APIs that 3.x has switched off, and what it names in their place. */
const replacements: readonly (readonly [Route['method'], string, string, 'admin' | 'console'])[] = [
  ['GET', '/v1/ns/catalog/instances', 'GET /v3/console/ns/instance/list', 'console'],
  ['GET', '/v1/ns/catalog/service', 'GET /v3/console/ns/service', 'console'],
  ['GET', '/v1/ns/catalog/services', 'GET /v3/console/ns/service/list', 'console'],
  ['GET', '/v1/console/namespaces', 'GET /v3/console/core/namespace/list', 'console'],
  ['GET', '/v1/console/server/state', 'GET /v3/console/server/state', 'console'],
  ['GET', '/v1/console/health/readiness', 'GET /v3/console/health/readiness', 'console'],
  ['GET', '/v1/console/health/liveness', 'GET /v3/console/health/liveness', 'console'],
  ['GET', '/v1/core/cluster/nodes', 'GET /v3/admin/core/cluster/node/list', 'console'],
  ['GET', '/v1/ns/instance', 'GET /v3/admin/ns/instance', 'admin'],
  ['PUT', '/v1/ns/instance', 'PUT /v3/admin/ns/instance', 'admin'],
  ['PATCH', '/v1/ns/instance', 'PUT /v3/admin/ns/instance/partial', 'admin'],
  ['GET', '/v1/ns/service', 'GET /v3/admin/ns/service', 'admin'],
  ['PUT', '/v1/ns/service', 'PUT /v3/admin/ns/service', 'admin'],
  ['GET', '/v1/ns/service/subscribers', 'GET /v3/admin/ns/service/subscribers', 'admin'],
  ['GET', '/v1/ns/operator/switches', 'GET /v3/admin/ns/ops/switches', 'admin'],
  ['GET', '/v2/ns/service/list', 'GET /v3/admin/ns/service/list', 'admin'],
  ['PUT', '/v2/ns/instance', 'PUT /v3/admin/ns/instance', 'admin'],
  ['GET', '/v2/ns/instance', 'GET /v3/admin/ns/instance', 'admin'],
  ['GET', '/v2/ns/client/publish/list', 'GET /v3/admin/ns/client/publish/list', 'admin'],
  ['GET', '/v2/core/cluster/node/list', 'GET /v3/admin/core/cluster/node/list', 'admin'],
];

export const goneRoutes: readonly Route[] = replacements.map(([method, path, replacement, scope]) =>
  route(method, path, 'open', (request, { clock }) => {
    const [verb = '', newPath = ''] = replacement.split(' ');
    const instead = `\`${verb} \${contextPath:nacos}${newPath}\``;
    const key = `\`nacos.core.api.compatibility.${scope}.enabled=true\``;
    const message = `Current API will be deprecated, please use API(s) ${instead} instead, or set ${key} in application.properties.`;
    return springError(410, JSON.stringify({ code: 40000, message }), request.path, clock.wallClock());
  }),
);
