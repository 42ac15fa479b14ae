import { serviceIdOf } from '../../core/planning/plan-context.ts';
import type { PlanFile } from '../../core/plan/plan-file.ts';
import { overProfile } from '../../core/plan-reading/over-profile.ts';
import {
  type PlanChange,
  companionChanges,
  instanceChanges,
  withoutGone,
} from '../../core/plan-diff/plan-changes.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { usualSpellings } from '../../core/registry/address.ts';
import { type Endpoint, type Instance, parseEndpoint, serviceKey } from '../../core/registry/service.ts';
import { planFrom } from '../../runner/review/read-plan.ts';
import type { Cli } from '../io/command-ports.ts';
import type { Reached } from '../io/connect.ts';
import { refuseRegistry, refuseUsage } from '../io/exit.ts';
import { type PrepareFlags, alone } from '../plan/beside-file.ts';
import { connectFor } from '../plan/prepare-plan.ts';
import { readPlanFile } from '../plan/read-plan-file.ts';

export type DiffFlags = PrepareFlags & { readonly json?: boolean };

/** What came, went and changed in Nacos since a plan file was made. Only reads; a difference is no failure. */
export async function diffPlan(cli: Cli, flags: DiffFlags): Promise<number> {
  if (flags.file === undefined) return refuseUsage(cli, cli.words.cli.usage.needFlag('--file'));
  const second = alone(flags, cli.words.cli);
  if (second !== undefined) return refuseUsage(cli, second);
  const read = await readPlanFile(cli, flags.file);
  if (!read.ok) return refuseUsage(cli, read.sentence);
  const reached = await connectFor(cli, flags, read.file);
  if (!reached.ok) return reached.code;
  const changes = await changesSince(cli, read.file, reached);
  await reached.connected.registry.close();
  if (typeof changes === 'number') return changes;
  const { output, words } = cli;
  const told = words.planDiff;
  if (flags.json === true) output.json(changes);
  else output.data(...changes.map((change) => told.change(change)));
  if (changes.length === 0) output.talk(told.nothing(read.name));
  return exitCodes.done;
}

async function changesSince(
  cli: Cli,
  file: PlanFile,
  { connected, group, layer }: Reached,
): Promise<readonly PlanChange[] | number> {
  const { registry, spec } = connected;
  const home = { namespace: spec.namespace, group };
  const lists = new Map<string, readonly Instance[]>();
  for (const entry of file.stages.flatMap(({ services }) => services)) {
    const id = serviceIdOf(entry, home);
    const known = endpointsOf([...(entry.instances ?? []), ...Object.keys(entry.seen ?? {})]);
    const answer = await registry.instances(id, { known });
    if (!answer.ok) return refuseRegistry(cli, answer.error);
    if (answer.value !== undefined) lists.set(serviceKey(id), answer.value.items);
  }
  const listed = (id: Parameters<typeof serviceKey>[0]): readonly Instance[] | undefined =>
    lists.get(serviceKey(id));
  const changes = instanceChanges(file, home, listed);
  const rest = withoutGone(file, home, listed);
  const hasCompanions = file.stages.some(({ services }) => services.some(({ found }) => found !== undefined));
  if (rest === undefined || !hasCompanions) return changes;
  // One that is off goes with what is found beside it all the same.
  const whole: PlanFile = { ...overProfile(rest, layer, home, false), alreadyOff: 'take-along' };
  const made = await planFrom(whole, registry, home);
  if (made.ok) return [...changes, ...companionChanges(rest, home, made.plan)];
  if (made.problem.kind === 'registry') return refuseRegistry(cli, made.problem.error);
  cli.output.talk(cli.words.planDiff.companionsUnknown(cli.words.failures.planProblem(made.problem)));
  return changes;
}

/** For a server whose lists hide who is off. */
function endpointsOf(names: readonly string[]): readonly Endpoint[] {
  return names
    .flatMap((name) => parseEndpoint(name) ?? [])
    .flatMap(({ ip, port }) => usualSpellings(ip).map((spelling) => ({ ip: spelling, port })));
}
