import type { Clock } from '../../world/clock.ts';
import type { Access, Accounts } from './users.ts';
import type { Faults } from '../registry/faults.ts';
import type { RegistryState } from '../registry/registry-state.ts';
import type { Reply } from './reply.ts';
import type { SandboxRequest } from './sandbox-request.ts';

/** What the routes of one server work with. */
export type ServerParts = {
  readonly state: RegistryState;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly faults: Faults;
  readonly hasAuth: boolean;
  readonly port: () => number;
};

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the context path `/nacos`. */
  readonly path: string;
  readonly access: Access;
  readonly answer: (request: SandboxRequest, parts: ServerParts) => Reply;
};

export function route(method: Route['method'], path: string, access: Access, answer: Route['answer']): Route {
  return { method, path, access, answer };
}
