import { stringify } from 'yaml';
import { exitCodes } from '../../core/rollout/outcome.ts';
import type { SpecProblem } from '../../profiles/resolve-spec.ts';
import type { StoredProfiles } from '../../profiles/store.ts';
import type { Cli, CommandPorts } from '../io/command-ports.ts';
import { refuseUsage } from '../io/exit.ts';
import { table } from '../io/table.ts';

type JsonFlags = { readonly json?: boolean };

export async function listProfiles(cli: Cli, flags: JsonFlags): Promise<number> {
  const { output, words } = cli;
  const stored = await readStored(cli);
  if (!stored.ok) return stored.code;
  const { profiles, current } = stored.value;
  const names = Object.keys(profiles).sort();
  if (flags.json)
    output.json(names.map((name) => ({ name, isCurrent: name === current, ...profiles[name] })));
  else if (names.length === 0) output.talk(words.cli.profile.none);
  else {
    const { marks, current: currentWord } = words.cli.profile;
    const { profile, servers, namespace } = words.cli.table;
    const rows = names.map((name) => [
      name,
      profiles[name]?.servers.join(' ') ?? '',
      profiles[name]?.namespace ?? 'public',
      [
        ...(name === current ? [currentWord] : []),
        ...(profiles[name]?.production ? [marks.production] : []),
        ...(profiles[name]?.readOnly ? [marks.readOnly] : []),
      ].join(', '),
    ]);
    output.data(...table([[profile, servers, namespace, ''], ...rows]));
  }
  return exitCodes.done;
}

export async function showProfile(cli: Cli, flags: JsonFlags, name: string | undefined): Promise<number> {
  const stored = await readStored(cli);
  if (!stored.ok) return stored.code;
  const { profiles, current } = stored.value;
  const meant = name ?? current;
  const profile = meant === undefined ? undefined : profiles[meant];
  if (meant === undefined || profile === undefined)
    return refuseProfile(cli, {
      kind: 'no-such-profile',
      name: meant ?? '',
      known: Object.keys(profiles).sort(),
    });
  if (flags.json) cli.output.json({ name: meant, ...profile });
  else
    cli.output.data(
      ...stringify({ [meant]: profile }, { lineWidth: 0 })
        .trimEnd()
        .split('\n'),
    );
  return exitCodes.done;
}

export async function removeProfile(cli: Cli, name: string): Promise<number> {
  return change(
    cli,
    ({ profiles }) => profiles.remove(name),
    () => cli.words.cli.profile.removed(name),
  );
}

export async function useProfile(cli: Cli, name: string): Promise<number> {
  return change(
    cli,
    ({ profiles }) => profiles.use(name),
    () => cli.words.cli.profile.used(name),
  );
}

/** One change of the store, and what to say when it was made. */
export async function change(
  cli: Cli,
  make: (ports: CommandPorts) => SpecProblem | undefined,
  done: (ports: CommandPorts) => string,
): Promise<number> {
  const ports = await cli.ports();
  const problem = make(ports);
  if (problem !== undefined) return refuseProfile(cli, problem);
  cli.output.talk(done(ports));
  return exitCodes.done;
}

export function refuseProfile(cli: Cli, problem: SpecProblem): number {
  return refuseUsage(cli, cli.words.profiles.problem(problem));
}

export async function readStored(
  cli: Cli,
): Promise<{ ok: true; value: StoredProfiles } | { ok: false; code: number }> {
  const { profiles } = await cli.ports();
  const stored = profiles.read();
  if (!stored.ok) return { ok: false, code: refuseProfile(cli, stored.problem) };
  for (const warning of stored.value.warnings) cli.output.talk(cli.words.profiles.warning(warning));
  return stored;
}
