import { companionLines } from '../../core/plan/plan-text.ts';
import type { ServiceSettings } from '../../core/plan-reading/service-settings.ts';
import type { ConnectionSpec } from '../../core/registry/connection-spec.ts';
import type { Problem } from './notice.ts';
import type { KeptDefaults } from '../draft/draft.ts';
import type { SettingName } from '../draft/settings.ts';

/** A profile as the console lists it. */
export type ProfileEntry = {
  readonly name: string;
  readonly isCurrent: boolean;
  readonly spec: ConnectionSpec;
  readonly group: string | undefined;
  /** As a person would type them on the order screen. */
  readonly defaults: Partial<Readonly<Record<SettingName, string>>>;
  readonly kept?: KeptDefaults;
  /** What it knows of services, by their names in it, and as a person would type what holds for each. */
  readonly services?: Readonly<
    Record<string, { readonly settings: ServiceSettings; readonly texts: ProfileEntry['defaults'] }>
  >;
};

/** The fields of the profile form, in their order. */
export const profileFields = [
  'name',
  'servers',
  'namespace',
  'group',
  'username',
  'passwordFrom',
  'accessKeyFrom',
  'secretKeyFrom',
  'securityTokenFrom',
  'signatureRegion',
  'contextPath',
  'dialect',
  'production',
  'readOnly',
  'companions',
  'acceptedNodes',
  'ca',
  'cert',
  'key',
] as const;
export type ProfileField = (typeof profileFields)[number];
export type ProfileValues = Readonly<Record<ProfileField, string>>;

export const emptyProfile: ProfileValues = {
  name: '',
  servers: '',
  namespace: 'public',
  group: '',
  username: '',
  passwordFrom: '',
  accessKeyFrom: '',
  secretKeyFrom: '',
  securityTokenFrom: '',
  signatureRegion: '',
  contextPath: '/nacos',
  dialect: '',
  production: 'no',
  readOnly: 'no',
  companions: '',
  acceptedNodes: '',
  ca: '',
  cert: '',
  key: '',
};

/** What says how a Nacos is reached: another value of one of these is tried. The namespace is looked up in what was found. */
const reachingFields: readonly ProfileField[] = profileFields.filter(
  (name) =>
    !['name', 'namespace', 'group', 'production', 'readOnly', 'companions', 'acceptedNodes'].includes(name),
);
/** Fields whose text says nothing before it is whole: half a name would be a failed login. */
const loginFields: readonly ProfileField[] = [
  'username',
  'passwordFrom',
  'accessKeyFrom',
  'secretKeyFrom',
  'securityTokenFrom',
  'signatureRegion',
];

/** Fields that lead to a secret. */
const secretFields: readonly ProfileField[] = [
  'passwordFrom',
  'accessKeyFrom',
  'secretKeyFrom',
  'securityTokenFrom',
];
/** At which address each field that leads to a secret was typed in this form. */
export type TypedAt = Readonly<Partial<Record<ProfileField, string>>>;

/** What a form is tried with while it is filled in. */
export type Tried = {
  readonly values: ProfileValues;
  /**
   * `typing`: an address that is being typed may be anybody's. `elsewhere`: its secrets were saved for another one. `mistyped`: it is the saved one, and they were typed for another.
   */
  readonly login: 'asked' | 'typing' | 'elsewhere' | 'mistyped';
};

/** Why a login that is filled in was not tried. */
export type Withheld = 'untried' | 'unsaved' | 'unsaved-secret';

/** What a trial of the fields found. */
export type TrialFound =
  | { readonly kind: 'wrong-field'; readonly sentence: string }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | {
      readonly kind: 'reached';
      readonly product: string;
      readonly version: string;
      /**
       * `untried`: with a password that is typed, or that comes of a command, which nobody runs for a trial. `unsaved`: at
       * an address that its secrets are not known to be for. `unsaved-secret`: at the saved one, with others than saved.
       */
      readonly login: 'none' | 'needed' | 'done' | Withheld;
      /** Undefined where they could not be listed. */
      readonly namespaces: readonly string[] | undefined;
    };

/** `of`: what is tried, as a key; without `found` it is being asked. */
export type Trial = { readonly of: string; readonly found?: TrialFound | undefined };

/** A form as far as it is filled in, and the profile as it was saved. */
export type Filled = {
  readonly values: ProfileValues;
  readonly typedAt: TypedAt;
  readonly saved: ProfileValues | undefined;
};

/** What there is to try of a form, with the text of the field that is being typed; undefined where no server is named yet. */
export function triedOf(
  { values, typedAt, saved }: Filled,
  typed: { readonly name: ProfileField; readonly text: string } | undefined,
): Tried | undefined {
  const isTyped =
    typed !== undefined && reachingFields.includes(typed.name) && !loginFields.includes(typed.name);
  const now = isTyped ? { ...values, [typed.name]: typed.text } : values;
  if (now.servers.trim() === '') return undefined;
  const isHere = isForHere({ values: now, typedAt, saved });
  const isSaved = saved !== undefined && addressOf(saved) === addressOf(now);
  const login = isHere ? (isTyped ? 'typing' : 'asked') : isSaved ? 'mistyped' : 'elsewhere';
  return { values: now, login };
}

/** Whether its secrets were saved for this address, or typed for it: any other may be a slip, or somebody's who wants them. */
function isForHere({ values, typedAt, saved }: Filled): boolean {
  const address = addressOf(values);
  const ofSaved = saved !== undefined && addressOf(saved) === address ? saved : undefined;
  return secretFields.every(
    (name) => values[name].trim() === '' || values[name] === ofSaved?.[name] || typedAt[name] === address,
  );
}

function addressOf({ servers, contextPath }: ProfileValues): string {
  return JSON.stringify([servers.trim().split(/\s+/), contextPath.trim()]);
}

/** With the text of a field that was typed. */
export function filledWith(
  { values, typedAt }: Pick<Filled, 'values' | 'typedAt'>,
  name: ProfileField,
  text: string,
): Pick<Filled, 'values' | 'typedAt'> {
  const isNew = secretFields.includes(name) && values[name] !== text;
  return {
    values: { ...values, [name]: text },
    typedAt: isNew ? { ...typedAt, [name]: addressOf(values) } : typedAt,
  };
}

export function trialKey({ values, login }: Tried): string {
  return JSON.stringify([login, ...reachingFields.map((name) => values[name].trim())]);
}

/** Fields that are yes or no: enter turns them over. */
export const switches: readonly ProfileField[] = ['production', 'readOnly'];

export function valuesOf(entry: ProfileEntry): ProfileValues {
  const { spec } = entry;
  return {
    name: entry.name,
    servers: spec.servers.join(' '),
    namespace: spec.namespace,
    group: entry.group ?? '',
    username: spec.username ?? '',
    passwordFrom: spec.passwordFrom ?? '',
    accessKeyFrom: spec.accessKeyFrom ?? '',
    secretKeyFrom: spec.secretKeyFrom ?? '',
    securityTokenFrom: spec.securityTokenFrom ?? '',
    signatureRegion: spec.signatureRegion ?? '',
    contextPath: spec.contextPath,
    dialect: spec.dialect ?? '',
    production: spec.isProduction ? 'yes' : 'no',
    readOnly: spec.isReadOnly ? 'yes' : 'no',
    companions: companionLines(entry.kept?.companions),
    acceptedNodes: spec.acceptedNodes.join(' '),
    ca: spec.tls.ca ?? '',
    cert: spec.tls.cert ?? '',
    key: spec.tls.key ?? '',
  };
}
