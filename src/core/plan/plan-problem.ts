import type { DrainProblem } from './drain-settings.ts';
import type { RegistryError } from '../registry/registry-error.ts';
import type { Unread } from '../registry/listed.ts';
import type { LinePlaceholder, StrayPlaceholder } from '../text/placeholder.ts';
import type { InstanceId } from '../registry/service.ts';
import type { OnVersion, WhereProblem } from '../which/where.ts';
import type { Twin } from '../registry/twins.ts';

type MissingService = Extract<RegistryError, { kind: 'service-missing' }>;

/** What of a plan is asked at a URL. */
export type SettingWithUrl = 'evidence' | 'check' | 'soak' | 'leave' | 'back';

/** What of a plan is a command line for a shell. */
export type SettingWithLine =
  | 'deploy'
  | 'rollback'
  | 'hooks'
  | 'leave'
  | 'back'
  | 'check'
  | 'warmUp'
  | 'soak';

/** Why what Nacos lists and a plan file do not make a plan. Services are written `GROUP@@name`, instances `ip:port`. */
export type PlanProblem =
  | MissingService
  | (Omit<MissingService, 'kind'> & { readonly kind: 'companion-service-missing' })
  | {
      readonly kind: 'instance-missing';
      readonly service: string;
      readonly instance: string;
      readonly similar: readonly string[];
    }
  /** Nothing is registered there; `service`: of this one, where one was named. */
  | { readonly kind: 'host-missing'; readonly host: string; readonly service?: string }
  | {
      readonly kind: 'cluster-missing';
      readonly service: string;
      readonly cluster: string;
      readonly similar: readonly string[];
    }
  /** `found` is what the companion's service has on that ip, or anywhere when it has nothing there. */
  | {
      readonly kind: 'companion-missing';
      readonly instance: string;
      readonly companion: string;
      readonly found: readonly string[];
    }
  | {
      readonly kind: 'companion-ambiguous';
      readonly instance: string;
      readonly companion: string;
      readonly found: readonly string[];
    }
  /** A pattern that nothing at the instance's ip answers to. */
  | {
      readonly kind: 'pattern-missing';
      readonly instance: string;
      readonly pattern: string;
      readonly similar: readonly string[];
    }
  /** The server does not tell which registrations share a client. */
  | { readonly kind: 'process-unknown'; readonly service: string; readonly instance: string }
  | {
      readonly kind: 'in-two-targets';
      readonly service: string;
      readonly instance: string;
      readonly targets: readonly [string, string];
    }
  /** One that was named, and whose record cannot be read. */
  | {
      readonly kind: 'unreadable';
      readonly service: string;
      readonly instance: string;
      readonly unread: Unread;
    }
  /** `clients`: the ids of those that registered it, where that can be known. */
  | {
      readonly kind: 'registered-twice';
      readonly service: string;
      readonly instance: string;
      readonly id: InstanceId;
      readonly twins: readonly Twin[];
      readonly clients?: readonly string[];
    }
  | { readonly kind: 'bad-address'; readonly service: string; readonly instance: string }
  | { readonly kind: 'deploy-missing'; readonly service: string }
  | { readonly kind: 'drain'; readonly service: string; readonly problem: DrainProblem }
  /** A URL with a name in braces into which nothing is filled. */
  | ({
      readonly kind: 'unknown-placeholder';
      readonly service: string;
      readonly setting: SettingWithUrl;
    } & StrayPlaceholder)
  | ({
      readonly kind: 'placeholder-in-line';
      readonly service: string;
      readonly setting: SettingWithLine;
    } & LinePlaceholder)
  /** A plan stands in the journal as it is, and a journal holds no password. `url`: without it. */
  | {
      readonly kind: 'login-in-url';
      readonly service: string;
      readonly setting: SettingWithUrl;
      readonly url: string;
    }
  | { readonly kind: 'order-key-missing'; readonly service: string }
  /** No instance has this key in its metadata; `similar` is what they have. */
  | {
      readonly kind: 'zone-key-missing';
      readonly service: string;
      readonly key: string;
      readonly similar: readonly string[];
    }
  /** To go by traffic, and no source tells of calls. */
  | { readonly kind: 'order-without-evidence'; readonly service: string }
  | WhereProblem
  /** All that the plan could roll is on the version that is wanted. */
  | {
      readonly kind: 'all-on-version';
      readonly services: readonly { readonly service: string; readonly version: string }[];
    }
  | {
      readonly kind: 'nothing-to-roll';
      readonly service: string;
      readonly why: 'empty' | 'excluded' | 'already-off' | 'unreadable';
      /** Those that are off. */
      readonly instances: readonly string[];
    };

/** What a reader of the plan should know and need not change. */
export type PlanNote =
  /** Rolled at another port than the profile names of the service. */
  | {
      readonly kind: 'other-ports';
      readonly service: string;
      readonly ports: readonly number[];
      readonly instances: readonly string[];
    }
  | {
      readonly kind: 'already-off';
      readonly service: string;
      readonly instance: string;
      /** It is rolled all the same, and stays off. */
      readonly isTakenAlong: boolean;
    }
  /** Their metadata does not have the key of zones: they are taken for a zone of their own. */
  | {
      readonly kind: 'no-zone';
      readonly service: string;
      readonly key: string;
      readonly instances: readonly string[];
    }
  | OnVersion
  /** A gate that never comes, as `before: 99`, and what it would be, as `pause: look`. */
  | { readonly kind: 'gate-idle'; readonly place: string; readonly what: string }
  /** `process` or `ip`, and there is nothing but the instance itself, for each of these. */
  | {
      readonly kind: 'nothing-beside';
      readonly instances: readonly string[];
      readonly rule: 'process' | 'ip';
    }
  /** Found beside the instances, and not taken along, as nobody calls them. */
  | { readonly kind: 'left-alone'; readonly service: string; readonly services: readonly string[] }
  /** The companions of an instance are not those that the saved plan holds. As `GROUP@@name ip:port`. */
  | {
      readonly kind: 'companions-changed';
      readonly instance: string;
      readonly came: readonly string[];
      readonly gone: readonly string[];
    }
  /** A typed companion is taken for a service of that name, and could have been another service and its port. */
  | {
      readonly kind: 'name-like-a-port';
      readonly typed: string;
      readonly companion: string;
      readonly other: string;
      /** As a plan file names that other one. */
      readonly entry: { readonly service: string; readonly port: number | string };
    };
