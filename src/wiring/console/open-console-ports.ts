import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Companion } from '../../core/plan/companion-rules.ts';
import { type PlanFile, writtenPlan } from '../../core/plan/plan-file.ts';
import { companionLines, parseCompanion } from '../../core/plan/plan-text.ts';
import { type Words, wordsOf } from '../../i18n/words.ts';
import { toCurl } from '../../nacos/http/curl.ts';
import { editProfile } from '../../profiles/edit-profile.ts';
import { neededFlags } from '../../profiles/needed-flags.ts';
import { specOfProfile } from '../../profiles/resolve-spec.ts';
import { type ProfileStore, missing } from '../../profiles/store.ts';
import type { Doctor } from '../../runner/process/doctor-port.ts';
import type { FacePorts } from '../../runner/ports/face-ports.ts';
import type { ProfileField } from '../../tui/model/profile-fields.ts';
import type { ConsolePorts, ProfileList, SpecTyped } from '../../tui/model/console-ports.ts';
import type { ProfileEntry } from '../../tui/model/profile-fields.ts';
import { settingTexts } from './setting-texts.ts';
import { examined, reportTold } from './of-machine.ts';
import { makeDirectory } from '../../world/make-directory.ts';

export type ConsoleEnvironment = {
  readonly ports: FacePorts;
  readonly store: ProfileStore;
  readonly words: Words;
  readonly workingDirectory: string;
  readonly doctor: Doctor;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of our state, readable by its owner only. */
  readonly stateRoot: string;
};

/** The real things behind what the console is given beyond what every face is: profiles, files, requests as curl. */
export function openConsolePorts(house: ConsoleEnvironment): ConsolePorts {
  const { ports, store, words, workingDirectory } = house;
  const sayProblem = words.profiles.problem;
  return {
    ...ports,
    curlOf: toCurl,
    flagsTo: (spec) => neededFlags(spec, house.env, store),
    profiles: {
      list: () => Promise.resolve(listOf(store, words)),
      save: (fields, original) => Promise.resolve(save(store, fields, original, words)),
      specOf: (fields) => specTyped(fields, words),
      remove: (name) => {
        const problem = store.remove(name);
        return Promise.resolve(problem && sayProblem(problem));
      },
    },
    examine: (here, watch) => examined(house, here, watch),
    report: async (id, language) => reportTold(ports, await wordsOf(language), id),
    savePlan: (file) => savePlan(file, workingDirectory, words),
    keepCopy: (text) => keepCopy(house.stateRoot, text),
  };
}

function listOf(store: ProfileStore, words: Words): ProfileList {
  const stored = store.read();
  if (!stored.ok) return { ok: false, sentence: words.profiles.problem(stored.problem) };
  const entries: ProfileEntry[] = [];
  for (const [name, profile] of Object.entries(stored.value.profiles)) {
    const spec = specOfProfile(name, profile);
    if ('kind' in spec) return { ok: false, sentence: `${name}: ${words.profiles.problem(spec)}` };
    const isCurrent = stored.value.current === name;
    const { group, defaults } = profile;
    const { companions, warmUp, soak, zones, deploy, rollback, check, notify, language } = defaults ?? {};
    const told = { notify, language };
    const kept = { companions, warmUp, soak, zones, deploy, rollback, check, told };
    const services = Object.fromEntries(
      Object.entries(profile.services ?? {}).map(([service, settings]) => [
        service,
        { settings, texts: settingTexts({ ...defaults, ...settings }) },
      ]),
    );
    entries.push({ name, isCurrent, spec, group, defaults: settingTexts(defaults), kept, services });
  }
  const [warning] = stored.value.warnings.map(words.profiles.warning);
  return { ok: true, entries, warning };
}

type Fields = Readonly<Record<ProfileField, string>>;

function save(
  store: ProfileStore,
  fields: Fields,
  original: string | undefined,
  words: Words,
): string | undefined {
  const sayProblem = words.profiles.problem;
  const stored = store.read();
  if (!stored.ok) return sayProblem(stored.problem);
  const { name } = fields;
  const isRenamed = original !== name;
  if (isRenamed && stored.value.profiles[name] !== undefined)
    return sayProblem({ kind: 'profile-exists', name });
  if (original !== undefined && stored.value.profiles[original] === undefined)
    return sayProblem(missing(original, stored.value));
  const before = original === undefined ? undefined : stored.value.profiles[original];
  const companions = companionsOf(fields, before?.defaults, words);
  if ('sentence' in companions) return companions.sentence;
  const change = { ...changeOf(fields), ...companions };
  const edited = editProfile(
    name,
    before && { servers: [], defaults: before.defaults, services: before.services },
    change,
  );
  if (!edited.ok) return sayProblem(edited.problem);
  const problem =
    store.save(name, edited.profile) ??
    (original !== undefined && isRenamed ? store.remove(original) : undefined);
  return problem && sayProblem(problem);
}

/** A profile that has no name yet may be tried. */
function specTyped(fields: Fields, { profiles }: Words): SpecTyped {
  const name = fields.name.trim() || '?';
  const edited = editProfile(name, undefined, changeOf(fields));
  if (!edited.ok) return { ok: false, sentence: profiles.problem(edited.problem) };
  const spec = specOfProfile(name, edited.profile);
  return 'kind' in spec ? { ok: false, sentence: profiles.problem(spec) } : { ok: true, spec };
}

type Defaults = PlanFile['defaults'];

/** What was not changed stays as it is written in the file: the end of a name may be a port. */
function companionsOf(
  fields: Fields,
  before: Defaults,
  { cli }: Words,
): { readonly defaults?: Defaults } | { readonly sentence: string } {
  const text = fields.companions.trim();
  if (text === companionLines(before?.companions)) return {};
  const companions: Companion[] = [];
  for (const word of text.split(/\s+/).filter((one) => one !== '' && one !== 'none')) {
    const companion = parseCompanion(word);
    if (companion === undefined)
      return { sentence: cli.usage.badValue('--companion', word, cli.right.companion) };
    companions.push(companion);
  }
  return { defaults: { companions } };
}

/** An empty field is a setting that is not given. */
function changeOf(fields: Fields): Parameters<typeof editProfile>[2] {
  const text = (field: ProfileField): string | undefined => fields[field].trim() || undefined;
  const list = (field: ProfileField): readonly string[] | undefined =>
    text(field)
      ?.split(/[\s,]+/)
      .filter((word) => word !== '');
  return {
    server: list('servers') ?? [],
    namespace: text('namespace'),
    group: text('group'),
    username: text('username'),
    passwordFrom: text('passwordFrom'),
    accessKeyFrom: text('accessKeyFrom'),
    secretKeyFrom: text('secretKeyFrom'),
    securityTokenFrom: text('securityTokenFrom'),
    signatureRegion: text('signatureRegion'),
    contextPath: fields.contextPath.trim(),
    dialect: text('dialect'),
    acceptNode: list('acceptedNodes'),
    ca: text('ca'),
    cert: text('cert'),
    key: text('key'),
    production: fields.production === 'yes',
    readOnly: fields.readOnly === 'yes',
  };
}

const plansMax = 1000;

async function savePlan(
  file: PlanFile,
  directory: string,
  words: Words,
): ReturnType<ConsolePorts['savePlan']> {
  for (let count = 1; count <= plansMax; count++) {
    const path = join(directory, count === 1 ? 'plan.yaml' : `plan-${count}.yaml`);
    try {
      await writeFile(path, stringify(writtenPlan(file)), { flag: 'wx' });
      return { ok: true, path };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      return {
        ok: false,
        sentence: words.failures.launchProblem({ kind: 'cannot-write', path, detail: message }),
      };
    }
  }
  return {
    ok: false,
    sentence: words.failures.launchProblem({ kind: 'cannot-write', path: directory, detail: 'plan.yaml' }),
  };
}

async function keepCopy(root: string, text: string): Promise<string | undefined> {
  const path = join(root, 'copied.txt');
  try {
    makeDirectory(root);
    await writeFile(path, `${text}\n`, { mode: 0o600 });
    return path;
  } catch {
    return undefined;
  }
}
