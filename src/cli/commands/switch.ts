import { parseDuration } from '../../core/text/duration.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { settingsFor } from '../../core/plan-reading/service-settings.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import type { Cli } from '../io/command-ports.ts';
import { type Reached, connect } from '../io/connect.ts';
import { refuseUsage } from '../io/exit.ts';
import { whichProblem } from '../one-shot/find-switched.ts';
import { type OneShotFlags, oneShotPlan } from '../one-shot/one-shot-plan.ts';
import { switchTarget } from '../one-shot/switch-target.ts';
import { typedCommand } from '../one-shot/typed-command.ts';
import { waitAfter } from '../one-shot/wait-after.ts';
import type { Wish } from '../one-shot/wish.ts';
import { type TypedService, typedService } from '../plan/typed-service.ts';

export type SwitchFlags = ConnectionFlags &
  OneShotFlags & { readonly wait?: string; readonly within?: string };

/** How long what starts may take to register and to answer. */
const defaultWithin = '60s';

/** `enable` and `disable`: one instance and its companions, or all that is registered at each host, once. */
export async function switchInstance(
  cli: Cli,
  flags: SwitchFlags,
  service: string | undefined,
  enabled: boolean,
): Promise<number> {
  const { usage, right, readOnly } = cli.words.cli;
  const waitMs = flags.wait === undefined ? undefined : parseDuration(flags.wait);
  const withinMs = parseDuration(flags.within ?? defaultWithin);
  if (flags.wait !== undefined && waitMs === undefined)
    return refuseUsage(cli, usage.badValue('--wait', flags.wait, right.duration));
  if (withinMs === undefined)
    return refuseUsage(cli, usage.badValue('--within', flags.within ?? '', right.duration));
  const problem = whichProblem(cli, flags);
  if (problem !== undefined) return refuseUsage(cli, problem);
  if (service === undefined && flags.host === undefined)
    return refuseUsage(cli, usage.missingArgument('service'));
  const typed = typedService(service ?? '*', flags.group, cli.words.cli);
  if (!typed.ok) return refuseUsage(cli, typed.sentence);
  const reached = await connect(cli, flags);
  if (!reached.ok) return reached.code;
  const { spec, registry } = reached.connected;
  if (spec.isReadOnly) {
    await registry.close();
    return refuseUsage(cli, readOnly(spec.profile ?? ''));
  }
  const stop = new AbortController();
  const stopListening = reached.ports.onInterrupt(() => stop.abort());
  const command = typedCommand(service, flags);
  const wish = { enabled, waitMs, withinMs, signal: stop.signal, command };
  const code = await switchReached(cli, reached, flags, typed.value, wish);
  stopListening();
  await registry.close();
  return code;
}

type Asked = Pick<Wish, 'enabled' | 'withinMs' | 'signal' | 'command'> & {
  readonly waitMs: number | undefined;
};

async function switchReached(
  cli: Cli,
  reached: Reached,
  flags: SwitchFlags,
  typed: TypedService,
  asked: Asked,
): Promise<number> {
  const made = await oneShotPlan(cli, reached, flags, typed, asked);
  if (!made.ok) return made.code;
  const known = settingsFor(reached.layer, typed, { group: reached.group })?.settings;
  const isSelf = flags.self === true;
  const wish: Wish = {
    ...asked,
    isSelf,
    isProbed: isSelf || flags.check !== undefined || known?.check !== undefined,
    isRestarted: flags.restarted === true,
    wasAway: made.wasAway,
    wasCalledBack: made.wasCalledBack,
    waitMs: asked.waitMs ?? (asked.enabled || known?.drain === undefined ? 0 : longestDrainMs(made.plan)),
  };
  const done: string[] = [];
  for (const target of made.plan.targets) {
    const code = await switchTarget(cli, reached, made.plan, target, wish);
    if (code !== exitCodes.done) return afterFailure(cli, wish, done, code);
    done.push(target.name);
  }
  return waitAfter(cli, reached, made.plan, wish);
}

function longestDrainMs({ targets }: Plan): number {
  return Math.max(...targets.map(({ drain }) => drain.ms));
}

/** What went before is as it was asked to be, and somebody has to see to it. */
function afterFailure(cli: Cli, { enabled }: Wish, done: readonly string[], code: number): number {
  if (enabled || done.length === 0) return code;
  cli.output.talk(cli.words.cli.stillOff(done));
  return exitCodes.someOff;
}
