import type { PlanFile, PlanFileService } from '../../core/plan/plan-file.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { overProfile } from '../../core/plan-reading/over-profile.ts';
import { minimumsOf, settingsFor } from '../../core/plan-reading/service-settings.ts';
import { partLeft, planWhole } from '../../core/report/whole-weight.ts';
import type { ServiceId } from '../../core/registry/service.ts';
import { planFrom } from '../../runner/review/read-plan.ts';
import type { Cli } from '../io/command-ports.ts';
import type { Reached } from '../io/connect.ts';
import { refuseRegistry, refuseUsage } from '../io/exit.ts';
import { type Flagged, planFileOfFlags } from '../plan/plan-flags.ts';
import { overrideProblem } from '../plan/prepare-plan.ts';
import { noteTexts } from '../plan/review-text.ts';
import type { TypedService } from '../plan/typed-service.ts';
import { awaitReturn } from './await-return.ts';
import { callBack } from './call-back.ts';
import { type WhichFlags, findSwitched } from './find-switched.ts';

export type OneShotFlags = WhichFlags & {
  readonly companion?: readonly string[];
  readonly minimum?: string;
  readonly override?: readonly string[];
  readonly check?: string;
  readonly leave?: string;
  readonly back?: string;
  readonly restarted?: boolean;
};

type Wanted = {
  readonly enabled: boolean;
  readonly withinMs: number;
  readonly signal: AbortSignal;
};

/** `wasAway`: it was not registered at first, and was waited for. `wasCalledBack`: the application was asked to come back. */
type Before = { readonly wasAway: boolean; readonly wasCalledBack: boolean };

type OneShotPlan =
  | ({ readonly ok: true; readonly plan: Plan } & Before)
  | { readonly ok: false; readonly code: number };

type NamedFile =
  | ({ readonly ok: true; readonly file: PlanFile } & Before)
  | { readonly ok: false; readonly code: number };

/**
 * A plan of one target, or one a host: the same companions, minimum and guard as in a rollout. Nothing is deployed. Says
 * why there is none.
 */
export async function oneShotPlan(
  cli: Cli,
  reached: Reached,
  flags: OneShotFlags,
  typed: TypedService,
  wanted: Wanted,
): Promise<OneShotPlan> {
  const { words } = cli;
  const { connected, layer } = reached;
  const { namespace } = connected.spec;
  const known = settingsFor(layer, typed, { group: reached.group });
  const id = { namespace, group: known?.group ?? reached.group, ...typed };
  const named = await namedFile(cli, reached, flags, id, wanted);
  if (!named.ok) return named;
  const { companions } = layer.defaults ?? {};
  const beneath = { ...layer, defaults: companions && { companions } };
  const file: PlanFile = {
    ...overProfile(named.file, beneath, { group: reached.group }, true),
    alreadyOff: 'take-along',
  };
  const made = await planFrom(file, connected.registry, {
    ...id,
    overrides: flags.override ?? [],
    minimumOf: minimumsOf(layer, { group: reached.group }, named.file.defaults?.minimum),
    isTyped: true,
    // What is to be done speaks of it; whether that can be done, the guard and the write say.
    ofTwins: wanted.enabled ? 'off' : 'on',
  });
  if (!made.ok) {
    const code =
      made.problem.kind === 'registry'
        ? refuseRegistry(cli, made.problem.error)
        : refuseUsage(cli, words.failures.planProblem(made.problem));
    return { ok: false, code };
  }
  const badOverride = overrideProblem(flags, made.plan, words.cli);
  if (badOverride !== undefined) return { ok: false, code: refuseUsage(cli, badOverride) };
  cli.output.talk(...noteTexts(made.notes, words));
  const { wasAway, wasCalledBack } = named;
  const { rollouts } = await reached.ports.launcher.all();
  const journals = rollouts.map(({ rollout }) => rollout);
  const plan = planWhole(made.plan, (one) => partLeft(journals, connected.spec, one));
  return { ok: true, plan, wasAway, wasCalledBack };
}

/** What was typed as a plan file, once it is known which instance it means. */
async function namedFile(
  cli: Cli,
  reached: Reached,
  flags: OneShotFlags,
  id: ServiceId,
  wanted: Wanted,
): Promise<NamedFile> {
  const { companion, check, minimum, leave, back, host } = flags;
  const { defaults } = reached.layer;
  const known = settingsFor(reached.layer, id, id)?.settings;
  const settings = {
    deploy: 'true',
    ...(companion && { companion }),
    ...(check !== undefined && { check }),
    ...(minimum !== undefined && { minimum }),
    ...(leave !== undefined && { leave }),
    ...(back !== undefined && { back }),
  };
  const read = (which: object): Flagged<PlanFile> =>
    planFileOfFlags({ ...which, ...settings }, id, cli.words.cli);
  let wasCalledBack = false;
  const told = (file: Flagged<PlanFile>, wasAway = false): NamedFile =>
    file.ok
      ? { ok: true, file: file.value, wasAway, wasCalledBack }
      : { ok: false, code: refuseUsage(cli, file.sentence) };
  if (host !== undefined) return told(read({ host }));
  const typed = told(read({}));
  if (!typed.ok) return typed;
  const ports = known?.ports;
  const call = typed.file.defaults?.back ?? known?.back;
  // What starts registers by itself; so is whoever is to be checked waited for.
  const isChecked = (check ?? known?.check) !== undefined;
  const isAwaited = wanted.enabled && (flags.self === true || isChecked);
  if (wanted.enabled && call !== undefined && flags.self !== true) {
    const called = await callBack(cli, reached, id, call, { ...wanted, flags, ports });
    if (called.refused !== undefined) return { ok: false, code: called.refused };
    wasCalledBack = called.wasAsked;
  }
  const isPatient = isChecked || flags.restarted === true;
  const returned = wanted.enabled
    ? await awaitReturn(cli, reached, id, { ...wanted, flags, ports, isPatient })
    : undefined;
  if (returned?.ok === false) return returned;
  const wait = { withinMs: isAwaited ? wanted.withinMs : 0, signal: wanted.signal, ports };
  const found = await findSwitched(cli, reached, id, flags, wait);
  if (!found.ok) return found;
  const wasAway = found.wasAway || returned?.wasAway === true;
  const file = read({ instance: [found.instance] });
  if (!file.ok || found.besides.length === 0) return told(file, wasAway);
  const value = withPorts(file.value, id, found.besides, known?.companions ?? defaults?.companions);
  return told({ ok: true, value }, wasAway);
}

/** Its other ports are companions: all of it goes, or nothing. */
function withPorts(
  file: PlanFile,
  { group, service }: ServiceId,
  ports: readonly number[],
  known: PlanFileService['companions'],
): PlanFile {
  const others = ports.map((port) => ({ group, service, port }));
  const companions = [...others, ...(file.defaults?.companions ?? known ?? [])];
  return { ...file, defaults: { ...file.defaults, companions } };
}
