import { exitCodes } from '../../core/rollout/outcome.ts';
import type { ProfileLayer } from '../../core/plan-reading/service-settings.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import { resolveSpec } from '../../profiles/resolve-spec.ts';
import type { Connected } from '../../runner/ports/face-ports.ts';
import { askHidden } from './ask.ts';
import type { Cli, CommandPorts } from './command-ports.ts';
import { refuseRegistry, refuseUsage } from './exit.ts';
import { sayingSilence } from './say-silence.ts';

export type Reached = {
  readonly ok: true;
  readonly ports: CommandPorts;
  readonly connected: Connected;
  /** For services that are named without one. */
  readonly group: string;
  /** What the profile says beneath a plan. */
  readonly layer: ProfileLayer;
  readonly typedPassword: string | undefined;
};
export type NotReached = { readonly ok: false; readonly code: number };

/** Puts together how to reach Nacos, asks for a password where one is missing, and connects. Says why not. */
export async function connect(cli: Cli, flags: ConnectionFlags): Promise<Reached | NotReached> {
  const ports = await cli.ports();
  const { words, output } = cli;
  const resolved = resolveSpec(flags, cli.input.env, ports.profiles);
  if (!resolved.ok) return { ok: false, code: refuseUsage(cli, words.profiles.problem(resolved.problem)) };
  for (const warning of resolved.warnings) output.talk(words.profiles.warning(warning));
  const { spec, group, layer } = resolved;
  let typedPassword: string | undefined;
  if (spec.username !== undefined && spec.passwordFrom === undefined) {
    if (!cli.input.isTerminal)
      return { ok: false, code: refuseUsage(cli, words.cli.passwordNeeded(spec.username)) };
    typedPassword = await askHidden(cli, words.cli.passwordPrompt(spec.username));
    if (typedPassword === undefined) return { ok: false, code: exitCodes.interrupted };
  }
  const answer = await ports.connect(spec, typedPassword, sayingSilence(cli, ports.clock));
  if (answer.ok) return { ok: true, ports, connected: answer.value, group, layer, typedPassword };
  const { error } = answer;
  return {
    ok: false,
    code:
      error.kind === 'secret'
        ? refuseUsage(cli, words.failures.secret(error.detail))
        : refuseRegistry(cli, error),
  };
}
