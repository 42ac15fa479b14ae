import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseLaunch, refuseUsage } from '../io/exit.ts';
import { openPipelineOutput } from '../pipeline/pipeline-output.ts';
import type { PrepareFlags } from '../plan/beside-file.ts';
import { preparePlan } from '../plan/prepare-plan.ts';
import { readPlanFile } from '../plan/read-plan-file.ts';
import { noteTexts } from '../plan/review-text.ts';
import { type StartFlags, startPlan } from '../rollout-commands/start-plan.ts';

export type RunFlags = PrepareFlags & StartFlags;

/** Plan, review, a question, and the rollout followed to its end. */
export async function run(cli: Cli, flags: RunFlags): Promise<number> {
  const { words } = cli;
  const isRehearsal = flags.dryRun === true;
  const mayAsk = cli.input.isTerminal && flags.json !== true;
  if (flags.file === undefined && flags.service === undefined && flags.host === undefined)
    return refuseUsage(cli, words.cli.usage.needFlag('--service'));
  if (!isRehearsal && flags.yes !== true && !mayAsk) return refuseUnasked(cli, flags);
  // Before anything is asked of Nacos: without a journal nothing begins.
  const obstacle = await (await cli.ports()).launcher.obstacle(isRehearsal ? 'rehearsal' : 'real');
  if (obstacle !== undefined) return refuseLaunch(cli, obstacle, flags.json);
  const opened = await openPipelineOutput(cli, await cli.ports(), flags);
  if (!opened.ok) return opened.code;
  const prepared = await preparePlan(cli, flags);
  if (!prepared.ok) return prepared.code;
  const notes = noteTexts(prepared.notes, words);
  return startPlan(cli, flags, { ...prepared, notes, pipeline: opened.value });
}

/** Who has nobody to ask; what is wrong with the file comes first, as --yes does not help it. */
async function refuseUnasked(cli: Cli, { file }: RunFlags): Promise<number> {
  const read = file === undefined || file === '-' ? undefined : await readPlanFile(cli, file);
  if (read?.ok !== false) return refuseUsage(cli, cli.words.cli.yesNeeded);
  cli.output.talk(read.sentence, ...read.more);
  return exitCodes.usage;
}
