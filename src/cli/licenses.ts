import { exitCodes } from '../core/rollout/outcome.ts';
import type { Cli } from './io/command-ports.ts';
import { refuseUsage } from './io/exit.ts';

export function licenses(cli: Cli): number {
  const found = cli.input.licences();
  if (!found.ok) return refuseUsage(cli, cli.words.cli.noLicences(found.missing));
  for (const text of found.texts) cli.output.data(...text.trimEnd().split('\n'), '');
  return exitCodes.done;
}
