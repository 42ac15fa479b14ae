import { type Unreadable } from '../registry/listed.ts';
import { type Instance, type ServiceId } from '../registry/service.ts';

/** What one server node lists of one service. */
export type ServiceView = {
  readonly node: string;
  readonly service: ServiceId;
  readonly instances: readonly Instance[];
  /** What of the list cannot be read: nobody's traffic rests on it. */
  readonly unreadable: readonly Unreadable[];
  readonly protectThreshold: number;
};
