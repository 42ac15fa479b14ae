import type { Place } from '../../core/flaw/flaw.ts';
import { type Origin, type Originated, originsOf } from '../../core/plan-origin/origins.ts';
import { noLayer } from '../../core/plan-reading/service-settings.ts';
import { defaultGroup } from '../../core/registry/service.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { flagsFrom } from '../../profiles/connection-flags.ts';
import { type Resolved, resolveSpec } from '../../profiles/resolve-spec.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseUsage } from '../io/exit.ts';
import { table } from '../io/table.ts';
import type { PrepareFlags } from '../plan/beside-file.ts';
import { profileFor, readFileOrFlags } from '../plan/prepare-plan.ts';

export type ShowFlags = PrepareFlags & { readonly origin?: boolean; readonly json?: boolean };

/** Every value of a plan with what nobody says, and who says it. Reaches no Nacos. */
export async function showPlan(cli: Cli, flags: ShowFlags): Promise<number> {
  const { words, output, input } = cli;
  const read = await readFileOrFlags(cli, flags);
  if (!read.ok) return refuseUsage(cli, read.sentence);
  const { profiles } = await cli.ports();
  const resolved = resolveSpec({ ...flags, profile: profileFor(flags, read.file) }, input.env, profiles);
  if (!resolved.ok && resolved.problem.kind !== 'no-server')
    return refuseUsage(cli, words.profiles.problem(resolved.problem));
  const profile = resolved.ok ? resolved.spec.profile : undefined;
  const values = originsOf({
    file: read.file,
    isTyped: flags.file === undefined,
    limits: read.limits,
    layer: resolved.ok ? resolved.layer : noLayer,
    profile,
    group: groupOf(flags, input.env, resolved),
  });
  const shown = values.map(({ path, ...value }) => {
    const place = path && read.placeOf?.(path);
    return { ...value, ...(place && { line: place.line }) };
  });
  if (flags.json === true) output.json(shown);
  else output.data(...rows(cli, shown, flags.origin === true, profile ?? ''));
  return exitCodes.done;
}

type Shown = Omit<Originated, 'path'> & Partial<Pick<Place, 'line'>>;

function rows(cli: Cli, shown: readonly Shown[], isOrigin: boolean, profile: string): readonly string[] {
  const { planOrigin } = cli.words;
  const { head } = planOrigin;
  return table([
    [head.service, head.setting, head.value, ...(isOrigin ? [head.origin] : [])],
    ...shown.map(({ service, setting, value, origin, line }) => [
      service ?? '',
      setting,
      value,
      ...(isOrigin ? [planOrigin.from(origin, profile, line)] : []),
    ]),
  ]);
}

function groupOf(
  flags: ShowFlags,
  env: Cli['input']['env'],
  resolved: Resolved,
): { readonly value: string; readonly origin: Origin } {
  if (flags.group !== undefined) return { value: flags.group, origin: 'flag' };
  const { group } = flagsFrom(env);
  if (group !== undefined) return { value: group, origin: 'environment' };
  const value = resolved.ok ? resolved.group : defaultGroup;
  return { value, origin: value === defaultGroup ? 'built-in' : 'profile' };
}
