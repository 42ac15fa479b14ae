import { companionLines } from '../../core/plan/plan-text.ts';
import type { ServiceSettings } from '../../core/plan-reading/service-settings.ts';
import type { ConnectionSpec } from '../../core/registry/connection-spec.ts';
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
