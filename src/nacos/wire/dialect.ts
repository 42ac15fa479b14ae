import type {
  Endpoint,
  Instance,
  InstanceId,
  ServiceDetail,
  ServiceId,
  ServiceSummary,
} from '../../core/registry/service.ts';
import type { Listed } from '../../core/registry/listed.ts';
import type {
  Answer,
  InstancesOptions,
  InstanceWrite,
  Namespace,
  ReadOptions,
  ServerNode,
  ServicesOptions,
  Subscriber,
} from '../../world/registry.ts';
import type { NacosRequest } from '../http/request.ts';

/** How one generation of the Nacos API says what the registry port asks. */
export type Dialect = {
  /** Whether it can ask for this service, and for no other by doing so. */
  mayName(id: ServiceId): boolean;
  /** `undefined` where the server has no such list. */
  namespaces(options: ReadOptions): Promise<Answer<Listed<Namespace> | undefined>>;
  services(namespace: string, options: ServicesOptions): Promise<Answer<Listed<ServiceSummary>>>;
  service(id: ServiceId, options: ReadOptions): Promise<Answer<ServiceDetail | undefined>>;
  instances(id: ServiceId, options: InstancesOptions): Promise<Answer<Listed<Instance> | undefined>>;
  consumerView(id: ServiceId, options: ReadOptions): Promise<Answer<Listed<Endpoint>>>;
  /** `undefined` where the server has no such list. */
  nodes(options: ReadOptions): Promise<Answer<Listed<ServerNode> | undefined>>;
  subscribers(id: ServiceId, options: ReadOptions): Promise<Answer<readonly Subscriber[]>>;
  /** Gives a service back what this says of it. */
  serviceUpdateRequest(detail: ServiceDetail): NacosRequest;
  writeRequest(write: InstanceWrite): NacosRequest;
  /** A request that needs the permission to write and changes nothing; `undefined` where there is none. */
  trialRequest(instance: InstanceId): NacosRequest | undefined;
  /** Reads one instance by name, also where the lists hide it: a list of it, or of none. */
  detail(id: InstanceId, options: ReadOptions): Promise<Answer<Listed<Instance>>>;
};
