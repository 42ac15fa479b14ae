import type { OpenRollout } from '../../runner/ports/face-ports.ts';
import { rolledNames } from '../../core/plan/plan.ts';
import { planOf } from '../../core/rollout/rollout.ts';
import { fullName } from '../../core/registry/service-name.ts';
import type { ServiceSummary } from '../../core/registry/service.ts';
import { visible } from '../../core/text/visible.ts';
import { wordsIn } from '../draw/words.ts';
import { leaveRollout } from '../keys/availability.ts';
import { type CommandName, commandsAt } from '../keys/keymap.ts';
import type { Model, Visit } from '../model/model.ts';
import type { OffReason } from '../model/notice.ts';
import { frontNamed, screenOf, visitsElsewhere } from '../model/navigation.ts';
import type { ProfileEntry } from '../model/profile-fields.ts';
import { type InstanceRow, instanceRows } from '../view/instance-rows.ts';
import { type Typed, fitOf, typedWords } from './fuzzy.ts';

/** What the palette leads to. */
export type Aim =
  | { readonly kind: 'command'; readonly name: CommandName; readonly key: string }
  | { readonly kind: 'rollout'; readonly open: OpenRollout }
  | { readonly kind: 'profile'; readonly entry: ProfileEntry }
  | { readonly kind: 'visit'; readonly visit: Visit }
  | { readonly kind: 'namespace'; readonly id: string }
  | { readonly kind: 'instance'; readonly row: InstanceRow }
  | { readonly kind: 'service'; readonly service: ServiceSummary };

/** `searched` is in small letters, and so is `aside`, which counts less; `text` is what is shown. */
export type Entry = {
  readonly aim: Aim;
  readonly text: string;
  readonly searched: string;
  readonly aside?: string;
};

/** What the palette offers for what was typed into it, the best first. */
export function paletteEntries(model: Model): readonly Entry[] {
  const text = frontNamed(model, 'palette')?.field.text ?? '';
  const parts = partsOf(model);
  const known = lastFound.get(model.services);
  const last = known?.parts.every((part, at) => part === parts[at]) === true ? known : undefined;
  if (last?.text === text) return last.found;
  // What does not fit yet does not with more of it.
  const among = last !== undefined && last.text !== '' && text.startsWith(last.text) ? last.among : undefined;
  const ranked = fitting(typedWords(text), among ?? allEntries(model));
  const found = ranked.map(({ entry }) => entry);
  lastFound.set(model.services, { text, parts, among: ranked, found });
  return found;
}

function allEntries(model: Model): readonly Ranked[] {
  const entries = [
    ...commandEntries(model),
    ...model.rollouts.map(rolloutEntry),
    ...(model.profiles.value ?? []).map(profileEntry),
    ...visitsElsewhere(model).map(visitEntry),
    ...namespaceEntries(model),
    ...instanceEntries(model),
    ...serviceEntries(model.services.value?.items ?? []),
  ];
  return entries.map((entry, at) => ({
    entry,
    at,
    distance: 0,
    // Sentences of commands are long, and commands stand first.
    length: entry.aim.kind === 'command' ? 0 : entry.searched.length,
  }));
}

/** The entry under the cursor. */
export function pointedEntry(model: Model): Entry | undefined {
  return paletteEntries(model)[frontNamed(model, 'palette')?.cursor ?? 0];
}

/** Why it is off now. */
export function offNow(model: Model, { aim }: Entry): OffReason | undefined {
  if (aim.kind === 'command') {
    const command = commandsAt(model, screenOf(model).name).find(({ name }) => name === aim.name);
    return command?.off?.(model) ?? (command?.isKeyOnly === true ? 'key-only' : undefined);
  }
  if (model.waitingFor === 'runner') return 'starting';
  return leaveRollout(model);
}

/** Who draws one picture asks several times, and there may be ten thousand services. */
const lastFound = new WeakMap<Model['services'], Found>();
type Found = {
  readonly text: string;
  readonly parts: readonly unknown[];
  readonly among: readonly Ranked[];
  readonly found: readonly Entry[];
};

/** What the entries are made of, beside the services. */
function partsOf(model: Model): readonly unknown[] {
  const { rollouts, profiles, visits, namespace, namespaces, instances, draft, setting } = model;
  return [
    rollouts,
    profiles.value,
    visits,
    namespace,
    namespaces.value,
    instances.value,
    draft,
    setting.language,
    screenOf(model).name,
  ];
}

type Ranked = {
  readonly entry: Entry;
  readonly at: number;
  readonly distance: number;
  readonly length: number;
};

/** Of those that are as near the shorter one comes first, and else they stay in their order. */
function fitting(words: Typed, entries: readonly Ranked[]): readonly Ranked[] {
  if (words.length === 0) return entries;
  const found: Ranked[] = [];
  for (const ranked of entries) {
    const distance = distanceOf(words, ranked.entry);
    if (distance !== undefined) found.push({ ...ranked, distance });
  }
  return found.sort((a, b) => a.distance - b.distance || a.length - b.length || a.at - b.at);
}

function distanceOf(words: Typed, { searched, aside }: Entry): number | undefined {
  const near = fitOf(words, searched);
  if (aside === undefined || near === 0) return near;
  const far = fitOf(words, `${searched} ${aside}`);
  return far === undefined ? near : Math.min(near ?? Infinity, far + 1);
}

/** They move the palette itself, or are nothing to be looked for. */
const left: readonly string[] = [
  'up',
  'down',
  'page-up',
  'page-down',
  'first',
  'last',
  'palette',
  'interrupt',
];

function commandEntries(model: Model): readonly Entry[] {
  const { names } = wordsIn(model.setting.language).commands;
  return commandsAt(model, screenOf(model).name)
    .filter(({ name }) => !left.includes(name))
    .map(({ name, keys }) => {
      const [short, long] = names[name];
      const searched = `${short} ${name}`.toLowerCase();
      const aside = long.toLowerCase();
      return { aim: { kind: 'command', name, key: keys[0] ?? '' }, text: long, searched, aside };
    });
}

function rolloutEntry(open: OpenRollout): Entry {
  const { planned } = open.rollout;
  const services = rolledNames(planOf(open.rollout)).join(', ');
  const text = visible(`${open.id.slice(0, 8)}  ${services}  ${planned.by}`);
  return { aim: { kind: 'rollout', open }, text, searched: `${open.id} ${text}`.toLowerCase() };
}

function profileEntry(entry: ProfileEntry): Entry {
  const text = visible(`${entry.name}  ${entry.spec.servers.join(' ')}`);
  return { aim: { kind: 'profile', entry }, text, searched: text.toLowerCase() };
}

function visitEntry(visit: Visit): Entry {
  const { profile, servers, namespace } = visit.spec;
  const text = visible(`${profile ?? servers.join(' ')}  ${namespace}`);
  return { aim: { kind: 'visit', visit }, text, searched: text.toLowerCase() };
}

/** Of this Nacos, once they were read. */
function namespaceEntries({ namespaces, namespace }: Model): readonly Entry[] {
  return (namespaces.value?.items ?? [])
    .filter(({ id }) => id !== namespace)
    .map(({ id, name }) => {
      const text = visible(id === name ? id : `${id}  ${name}`);
      return { aim: { kind: 'namespace', id }, text, searched: text.toLowerCase() };
    });
}

/** Where their screen is: anywhere else it is not known whether they are still so. */
function instanceEntries(model: Model): readonly Entry[] {
  if (!model.places.some(({ name }) => name === 'instances')) return [];
  return instanceRows(model).map((row) => {
    const text = visible(`${row.endpoint}  ${row.instance.service}`);
    return { aim: { kind: 'instance', row }, text, searched: text.toLowerCase() };
  });
}

const entriesOf = new WeakMap<readonly ServiceSummary[], readonly Entry[]>();
const entryOf = new WeakMap<ServiceSummary, Entry>();

function serviceEntries(items: readonly ServiceSummary[]): readonly Entry[] {
  const known = entriesOf.get(items) ?? items.map(serviceEntry);
  entriesOf.set(items, known);
  return known;
}

function serviceEntry(service: ServiceSummary): Entry {
  const known = entryOf.get(service);
  if (known !== undefined) return known;
  const text = visible(`${service.service}  ${service.group}`);
  // As it is typed elsewhere, too.
  const searched = `${text} ${fullName(service)}`.toLowerCase();
  const made: Entry = { aim: { kind: 'service', service }, text, searched };
  entryOf.set(service, made);
  return made;
}
