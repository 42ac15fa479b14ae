import type { Difference } from '../../core/report/difference.ts';
import type { ConnectionSpec, Reached } from '../../core/registry/connection-spec.ts';
import type { Listed } from '../../core/registry/listed.ts';
import type { PlanFile } from '../../core/plan/plan-file.ts';
import type { PlanNote } from '../../core/plan/plan-problem.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { Instance, ServiceSummary } from '../../core/registry/service.ts';
import type { Language } from '../../i18n/language.ts';
import type { Diagnosis } from '../../runner/ports/diagnosis.ts';
import type { GatewayStats, OpenRollout } from '../../runner/ports/face-ports.ts';
import type { ServiceConsumers } from '../../runner/review/read-consumers.ts';
import type { Review } from '../../runner/review/review.ts';
import type { Asking, Namespace, ServiceList } from '../../world/registry.ts';
import type { Beside, Draft } from '../draft/draft.ts';
import type { ConsoleExit } from './exit-summary.ts';
import type { Following } from './following.ts';
import type { Line } from '../draw/line.ts';
import type { Looked } from './looked.ts';
import type { Notice, Problem } from './notice.ts';
import type { Now } from './now.ts';
import type { Place, PlaceName } from './place.ts';
import type { ProfileEntry } from './profile-fields.ts';

export type Size = { readonly columns: number; readonly rows: number };

/** How a terminal calls somebody: by its bell, or by a notification in the way of iTerm2 or of rxvt. */
export type AlertKind = 'bell' | 'osc9' | 'osc777';

/** What does not change while the console is open. */
export type Setting = {
  readonly language: Language;
  readonly isUtf8: boolean;
  readonly hasColor: boolean;
  readonly isSandbox: boolean;
  readonly keys?: OwnKeys | undefined;
  /** How it calls for a decision; absent: it does not. */
  readonly alert?: AlertKind | undefined;
};

/** In place of the usual keys, by place and command. */
export type OwnKeys = {
  readonly [Name in PlaceName]?: Readonly<Record<string, readonly string[]>>;
};

/** Something that is read from outside. The last value stays while a new one is on its way or fails. */
export type Loaded<T> = {
  readonly value?: T | undefined;
  /** While `value` is the part that has come of a list that was never read: how many there are to be. */
  readonly expected?: number | undefined;
  readonly problem?: Problem | undefined;
  readonly isLoading: boolean;
  /** When the reading that is under way began by itself. */
  readonly beganAtMs?: number | undefined;
  /** How many readings in a row have failed. */
  readonly failures?: number;
  /** Drawn with the last reading: from 0 to 1. */
  readonly chance?: number;
  /** How long the last one took that began by itself. */
  readonly tookMs?: number;
  /** It is of when one was here last: it may be otherwise by now. */
  readonly isKept?: boolean;
  /** When it was last tried to read it. */
  readonly readAtMs?: number;
  /** When `value` was read. */
  readonly valueAtMs?: number | undefined;
  /** A key asked for the reading that is under way. */
  readonly isAsked?: boolean;
  /** When what a key had asked for was read. */
  readonly askedAtMs?: number | undefined;
  /** Whether we are told when it changes; then it is read again by itself more rarely. */
  readonly isHeard?: boolean;
  /** It is told to have changed since it was read. */
  readonly isOutdated?: boolean;
};

const notLoaded = { isLoading: false } as const;

/** The instances of one service of the list, where they were read. */
type Makeup = {
  /** Of the service. */
  readonly key: string;
  /** A service of another Nacos may have the same key. */
  readonly connection: Connection | undefined;
  /** On the monotonic clock. */
  readonly askedAtMs?: number;
  readonly list?: Listed<Instance>;
  /** Why the last reading told nothing. */
  readonly unread?: Problem | 'hides-off' | undefined;
  /** When its consumers were asked for last. */
  readonly consumersAskedAtMs?: number;
  readonly consumers?: ServiceConsumers;
};

export type Connection = { readonly spec: ConnectionSpec; readonly reached: Reached };

/** The services of a namespace as they were when one went elsewhere. */
export type Visit = {
  /** Its namespace is the one that was shown. */
  readonly spec: ConnectionSpec;
  /** How its profile was saved then: flags may have said otherwise, and it may be saved otherwise since. */
  readonly saved: ConnectionSpec | undefined;
  readonly services: Loaded<ServiceList>;
  readonly filter: string;
  readonly cursor: number;
  readonly marks: readonly string[];
};

export type Reviewed = {
  readonly file: PlanFile;
  readonly plan: Plan;
  readonly notes: readonly PlanNote[];
  /** Absent while it is being looked into. Its plan is the one to start. */
  readonly review?: Review | undefined;
};

/** What the doctor found, and what became of what was mended just before. */
export type Examined = {
  readonly found: readonly Diagnosis[];
  readonly canMend: boolean;
  /** Something could be mended, but for a profile that is read-only. */
  readonly isReadOnly: boolean;
  readonly mended: readonly Diagnosis[];
};

/** Every fact that the console shows. There is one, outside whatever draws it. */
export type Model = {
  readonly setting: Setting;
  readonly size: Size;
  readonly now: Now;
  /** The last one is in front; the first is where the console began. */
  readonly places: readonly [Place, ...Place[]];
  readonly notice?: Notice | undefined;
  /** When it was said, as far as a key asked for it. */
  readonly noticedAtMs?: number;
  /** A question that was settled before it was answered: a key may still be on its way to it. */
  readonly question?: { readonly place: PlaceName; readonly goneAtMs: number } | undefined;
  /** The screen as it stands still, so that what is selected on it stays. */
  readonly frozen?: readonly Line[] | undefined;
  /** Something that was asked for and has not answered. */
  readonly waitingFor?: 'connection' | 'plan' | 'runner' | 'switch' | undefined;
  /** A request that has been waiting for its answer for a while. */
  readonly silence?: Asking | undefined;
  readonly openRollouts: readonly OpenRollout[];
  /** Every rollout of this machine, newest first. */
  readonly rollouts: readonly OpenRollout[];
  /** When they were last read. */
  readonly rolloutsReadAtMs?: number | undefined;
  /** By rollout: where Nacos and the journal do not agree. */
  readonly differences: Readonly<Record<string, Loaded<readonly Difference[]>>>;
  readonly doctor: Loaded<Examined>;
  /** The doctor mends, over the connections of what it found. */
  readonly isMending?: boolean;
  /** The console was asked to close, and does once what is being put on or mended is done. */
  readonly heldExit?: 'plain' | 'to-sandbox' | undefined;
  readonly profiles: Loaded<readonly ProfileEntry[]>;
  readonly connection?: Connection | undefined;
  readonly namespace: string;
  readonly namespaces: Loaded<Listed<Namespace>>;
  readonly services: Loaded<ServiceList>;
  /** Where one was, the last first; where one is may be among them, as it was when one left it. */
  readonly visits: readonly Visit[];
  /** Services that were counted one by one: a list that began before may say less of them. */
  readonly counted: readonly { readonly service: ServiceSummary; readonly askedAtMs: number }[];
  /** Absent until a key is pressed. */
  readonly looked?: Looked | undefined;
  /** What the service consists of that the cursor stays on. */
  readonly makeup?: Makeup | undefined;
  /** Keys of the marked services. */
  readonly marks: readonly string[];
  readonly instances: Loaded<Readonly<Record<string, Listed<Instance>>>>;
  /** What is registered beside the instance whose companions are asked for. */
  readonly beside: Beside;
  readonly draft?: Draft | undefined;
  /** What a plan was asked for last. */
  readonly planned?: Draft | undefined;
  readonly reviewed?: Reviewed | undefined;
  readonly following?: Following | undefined;
  readonly gateway?: GatewayStats | undefined;
  /** How the last real rollout that was seen through here went. */
  readonly leaving?: ConsoleExit | undefined;
  /** Somebody is shown the keys; `before` is what `leaving` was when that began. */
  readonly tour?: { readonly before: ConsoleExit | undefined } | undefined;
};

/** Nothing is read yet. */
export function firstModel(setting: Setting, size: Size, now: Now, place: Place): Model {
  return {
    setting,
    size,
    now,
    places: [place],
    openRollouts: [],
    rollouts: [],
    differences: {},
    doctor: notLoaded,
    profiles: notLoaded,
    namespace: 'public',
    namespaces: notLoaded,
    services: notLoaded,
    visits: [],
    counted: [],
    marks: [],
    instances: notLoaded,
    beside: {},
  };
}
