import { cellsOf, clip } from '../../core/text/cells.ts';
import { urlText } from '../../core/text/url-text.ts';
import { visible } from '../../core/text/visible.ts';
import { type ConnectionFlags, flagsFrom } from '../../profiles/connection-flags.ts';
import type { Cli, ConsoleRequest } from '../io/command-ports.ts';
import { refuseUsage } from '../io/exit.ts';

/** What draws it takes a moment to load: until then a line says whom it will reach, and how to leave. */
export async function openConsole(cli: Cli, flags: ConnectionFlags): Promise<number> {
  if (!cli.input.isTerminal) return refuseUsage(cli, cli.words.cli.noTerminal);
  const takeAway = sayOpening(cli, flags);
  const ports = await cli.ports();
  return ports.openConsole(request(cli, flags, takeAway));
}

export async function openDemo(
  cli: Cli,
  { tour, ...flags }: ConnectionFlags & { readonly tour?: boolean },
): Promise<number> {
  if (!cli.input.isTerminal) return refuseUsage(cli, cli.words.cli.noTerminal);
  if (cli.isPlain) return refuseUsage(cli, cli.words.cli.demoDraws);
  cli.output.data(cli.words.cli.demoStarts);
  const ports = await cli.ports();
  return ports.openDemo({ ...request(cli, flags), isTour: tour === true });
}

function request(
  { language, color, theme }: Cli,
  connection: ConnectionFlags,
  beforeDrawing = (): void => undefined,
): ConsoleRequest {
  return { language, color, theme, connection, isTour: false, beforeDrawing };
}

const lineAboveAway = '\x1b[1A\x1b[2K';

/** One line of the terminal, whatever it is about. Returns a way to take it away, once. */
function sayOpening({ input, output, words }: Cli, flags: ConnectionFlags): () => void {
  const { stdout, env } = input;
  const { opens } = words.cli;
  const fromEnv = flagsFrom(env);
  const servers = (flags.server ?? fromEnv.server)?.map(withoutLogin).join(' ');
  const whom = servers ?? flags.profile ?? fromEnv.profile;
  const room = (stdout.columns || 80) - 1;
  const clipped = whom && clip(visible(whom), room - cellsOf(opens(' ')) + 1);
  output.data(clip(opens(clipped), room));
  let isThere = env['TERM'] !== 'dumb';
  return () => {
    if (isThere) stdout.write(lineAboveAway);
    isThere = false;
  };
}

function withoutLogin(server: string): string {
  return urlText(server.includes('://') ? server : `http://${server}`);
}
