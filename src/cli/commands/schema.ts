import * as z from 'zod';
import { eventSchema } from '../../core/event/event.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { planFileSchema } from '../../core/plan/plan-file.ts';
import { profileSchema } from '../../profiles/profile.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseUsage } from '../io/exit.ts';

const schemas = { plan: planFileSchema, profile: profileSchema, event: eventSchema } as const;

export function schema(cli: Cli, what: string): number {
  const { usage, right } = cli.words.cli;
  if (!(what in schemas))
    return refuseUsage(cli, usage.badValue('schema', what, right.setting(Object.keys(schemas))));
  const chosen = schemas[what as keyof typeof schemas];
  cli.output.data(...JSON.stringify(z.toJSONSchema(chosen, { io: 'input' }), null, 2).split('\n'));
  return exitCodes.done;
}
