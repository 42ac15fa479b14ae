import { defaultCluster, type InstanceId, type ServiceId } from '../../core/registry/service.ts';
import type { Signing } from '../../world/connection.ts';
import type { RequestText } from '../../world/registry.ts';
import { fullName } from '../../core/registry/service-name.ts';

/** What a request is about, for errors that name it. */
export type Subject = {
  /** The resource as Nacos's permissions name it, such as `public:DEFAULT_GROUP:naming/orders`. */
  readonly resource: string;
  readonly action: 'read' | 'write';
  readonly service?: string;
  readonly instance?: string;
};

/** One call of the Nacos API, before it has an address and a token. */
export type NacosRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the context path, such as `/v1/ns/instance`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Sent as a form; for what must not stand in a URL. */
  readonly form?: Readonly<Record<string, string>>;
  /** Asked at the root of the server, whatever the context path: for what is not Nacos's server. */
  readonly isOutsideContext?: boolean;
  readonly userAgent?: string;
  readonly subject: Subject;
};

const serviceResource = (id: ServiceId): string => `${id.namespace}:${id.group}:naming/${id.service}`;

export function serviceSubject(id: ServiceId, action: 'read' | 'write'): Subject {
  return { resource: serviceResource(id), action, service: fullName(id) };
}

/** The parameters that name an instance in a write, apart from how a dialect names its service. */
export function endpointQuery(instance: InstanceId): Record<string, string> {
  return { clusterName: instance.cluster || defaultCluster, ip: instance.ip, port: String(instance.port) };
}

/** `http://10.0.0.1:8848/` and `http://10.0.0.1:8848` are the same server. */
export const trimSlashes = (address: string): string => address.replace(/\/+$/, '');

export function urlOf(address: string, contextPath: string, request: NacosRequest): string {
  const context = request.isOutsideContext ? '' : contextPath.replace(/^\/*/, '/').replace(/\/+$/, '');
  const query = new URLSearchParams(request.query).toString();
  return `${trimSlashes(address)}${context}${request.path}${query === '' ? '' : `?${query}`}`;
}

/** Whether it is about services, and not about the server. */
export const isNaming = ({ path }: NacosRequest): boolean => path.includes('/ns/');

/** The service that a request names in its query, in one parameter or two, as the Java client puts it together to sign it. */
export function serviceIn({ query }: NacosRequest): string | undefined {
  const { serviceName = '', groupName = '' } = query;
  if (serviceName === '') return undefined;
  return groupName === '' || serviceName.includes('@@')
    ? serviceName
    : fullName({ group: groupName, service: serviceName });
}

const secretFields = new Set(['password']);

/** The request as it may be shown: a password stands there by name only, and a signature not at all. */
export function textOf(
  request: NacosRequest,
  url: string,
  { hasToken, signing }: { readonly hasToken: boolean; readonly signing?: Signing | undefined },
): RequestText {
  const { method } = request;
  const signed = signing && {
    service: serviceIn(request) ?? '',
    isTemporary: signing.isTemporary,
    isOfRegion: signing.region !== undefined,
  };
  const text = { method, url, hasToken, ...(signed && isNaming(request) && { signed }) };
  if (request.form === undefined) return text;
  const fields = Object.entries(request.form).map(([name, value]) =>
    secretFields.has(name) ? `${name}=$NACOS_PASSWORD` : `${name}=${encodeURIComponent(value)}`,
  );
  return { ...text, body: fields.join('&') };
}

/** A read of the server itself rather than of a service. */
export function serverRead(path: string, query: Readonly<Record<string, string>> = {}): NacosRequest {
  return { method: 'GET', path, query, subject: { resource: path, action: 'read' } };
}
