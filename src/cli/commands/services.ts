import { exitCodes } from '../../core/outcome.ts';
import type { ConnectionFlags } from '../../profiles/resolve-spec.ts';
import type { Cli } from '../cli-ports.ts';
import { refuseRegistry } from '../exit.ts';
import { reach } from '../reach.ts';
import { table } from '../table.ts';

export async function services(
  cli: Cli,
  flags: ConnectionFlags & { readonly json?: boolean },
  pattern: string | undefined,
): Promise<number> {
  const reached = await reach(cli, flags);
  if (!reached.ok) return reached.code;
  const { registry, spec } = reached.connected;
  const answer = await registry.services(spec.namespace, pattern ?? '');
  await registry.close();
  if (!answer.ok) return refuseRegistry(cli, answer.error);
  const { output, words } = cli;
  if (flags.json) output.json(answer.value);
  else if (answer.value.length === 0) output.talk(words.cli.noServices(spec.namespace));
  else {
    const { service, group, on, off, ill } = words.cli.table;
    const rows = answer.value.map((one) => [
      one.service,
      one.group,
      String(one.on),
      String(one.off),
      String(one.ill),
    ]);
    output.data(...table([[service, group, on, off, ill], ...rows]));
  }
  return exitCodes.done;
}
