import type { ConnectionFlags } from '../../profiles/resolve-spec.ts';
import type { Cli, ConsoleRequest } from '../io/command-ports.ts';
import { refuseUsage } from '../io/exit.ts';

export async function openConsole(cli: Cli, flags: ConnectionFlags): Promise<number> {
  if (!cli.input.isTerminal) return refuseUsage(cli, cli.words.cli.noTerminal);
  const ports = await cli.ports();
  return ports.openConsole(request(cli, flags));
}

export async function openDemo(cli: Cli, flags: ConnectionFlags): Promise<number> {
  if (!cli.input.isTerminal) return refuseUsage(cli, cli.words.cli.noTerminal);
  const ports = await cli.ports();
  return ports.openDemo(request(cli, flags));
}

function request({ language, color }: Cli, connection: ConnectionFlags): ConsoleRequest {
  return { language, color, connection };
}
