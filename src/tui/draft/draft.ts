import type { Companion } from '../../core/plan/companion-rules.ts';
import type { ProfileDefaults, ServiceSettings } from '../../core/plan-reading/service-settings.ts';
import { type Endpoint, type ServiceId, serviceKey } from '../../core/registry/service.ts';
import {
  type SettingName,
  type Settings,
  defaultSettings,
  settingProblem,
  shownSettings,
} from './settings.ts';

export type Chosen = { readonly service: string } & Endpoint;

/** What else the pointed instance's process, or its machine, has registered; by `GROUP@@name`. */
export type Beside = Readonly<Record<string, 'process' | 'ip'>>;

/** What a profile says and no setting is typed for: what goes along, how it is watched beyond the time, who is told. */
export type KeptDefaults = Pick<
  ProfileDefaults,
  'companions' | 'warmUp' | 'soak' | 'zones' | 'deploy' | 'rollback' | 'check'
> & {
  readonly told?: Pick<ProfileDefaults, 'notify' | 'language'>;
};

/** A plan in the making, as the operator chose and typed it. Services are named by their key. */
export type Draft = {
  /** Where it is for: services of one name may be at another Nacos too. */
  readonly at: string;
  readonly services: readonly ServiceId[];
  readonly order: readonly Chosen[];
  readonly companions: Readonly<Record<string, readonly Companion[]>>;
  readonly settings: Settings;
  readonly overrides: readonly string[];
  readonly kept: Omit<KeptDefaults, 'companions'>;
  /** What the profile knows of a service, by its key, and the texts that its settings began with. */
  readonly known: Readonly<Record<string, ServiceSettings>>;
  readonly given: Settings;
  /** What the profile has go along with a service. */
  readonly givenCompanions: Draft['companions'];
  /** Whoever is on is chosen as soon as the instances are read. */
  readonly isAllWanted: boolean;
};

/** Nothing is chosen yet; `isAllWanted`: all that is on, once its instances are read. */
export function beginDraft(
  at: string,
  services: readonly ServiceId[],
  defaults: Partial<Settings>,
  isAllWanted: boolean,
  { companions = [], ...kept }: KeptDefaults = {},
  known: Draft['known'] = {},
): Draft {
  const taken = services.flatMap((service) => {
    const key = serviceKey(service);
    const own = known[key]?.companions ?? companions;
    return own.length === 0 ? [] : [[key, own] as const];
  });
  const givenCompanions = Object.fromEntries(taken);
  const given = { ...defaultSettings, ...defaults };
  return {
    at,
    services,
    order: [],
    companions: givenCompanions,
    settings: given,
    overrides: [],
    kept,
    known,
    given,
    givenCompanions,
    isAllWanted,
  };
}

/** The first setting that cannot be taken as it is typed. */
export function draftProblem(draft: Draft): SettingName | undefined {
  const isKnown =
    draft.services.length > 0 &&
    draft.services.every((service) => draft.known[serviceKey(service)]?.deploy !== undefined);
  return shownSettings(draft.settings).find(
    (name) =>
      settingProblem(name, draft.settings[name]) !== undefined &&
      // Nothing need be said for all where the profile says it of each.
      !(name === 'deploy' && isKnown && draft.settings.deploy.trim() === ''),
  );
}
