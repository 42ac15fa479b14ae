import { stringify } from 'yaml';
import { exitCodes } from '../../core/outcome.ts';
import { settleInstances } from '../../core/settle-instances.ts';
import type { Cli } from '../cli-ports.ts';
import { type PrepareFlags, preparePlan } from '../prepare-plan.ts';

export async function plan(cli: Cli, flags: PrepareFlags): Promise<number> {
  const prepared = await preparePlan(cli, flags);
  if (!prepared.ok) return prepared.code;
  const { connected, file, group } = prepared;
  await connected.registry.close();
  for (const note of prepared.notes) cli.output.talk(cli.words.failures.planNote(note));
  const settled = settleInstances(file, prepared.plan, { namespace: connected.spec.namespace, group });
  cli.output.data(...stringify(settled, { lineWidth: 0 }).trimEnd().split('\n'));
  return exitCodes.done;
}
