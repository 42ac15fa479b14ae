import type { ConnectionFlags } from '../../profiles/connection-flags.ts';

/** What may come next on a command line, and a few words about it. */
export type Offer = { readonly value: string; readonly about: string };

/** Names that only this machine's files or a Nacos can tell. */
export type NameKind =
  | 'profiles'
  | 'namespaces'
  | 'groups'
  | 'services'
  | 'clusters'
  | 'instances'
  | 'ips'
  | 'ports'
  | 'rollouts'
  | 'targets'
  | 'off';

/** These are asked of the files of this machine alone. */
export const namesOfMachine: readonly NameKind[] = ['profiles', 'rollouts', 'targets', 'off'];

/** Which names are wanted, as far as the command line has said where. */
export type NamesRequest = {
  readonly kind: NameKind;
  readonly flags: ConnectionFlags;
  /** Whose instances, where they are. */
  readonly service: string | undefined;
  /** Whose targets; of all that have not ended where none is named. */
  readonly rollout: string | undefined;
};

/** Gives the names, those of last time where whoever knows them is slow, or none. Never takes longer than a second. */
export type AskNames = (request: NamesRequest) => Promise<readonly Offer[]>;
