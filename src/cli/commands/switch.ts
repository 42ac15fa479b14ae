import { parseDuration } from '../../core/duration.ts';
import { exitCodeOfFailure, exitCodes } from '../../core/outcome.ts';
import type { Plan } from '../../core/plan.ts';
import { type ServiceId, endpointText } from '../../core/service.ts';
import type { ConnectionFlags } from '../../profiles/resolve-spec.ts';
import { planFrom } from '../../runner/read-plan.ts';
import { type SwitchOutcome, switchOnce } from '../../runner/switch-once.ts';
import type { Registry } from '../../world/registry.ts';
import type { Cli } from '../cli-ports.ts';
import { refuseRegistry, refuseUsage } from '../exit.ts';
import { planFileOfFlags } from '../plan-flags.ts';
import { type Reached, reach } from '../reach.ts';
import { serviceNamed } from '../service-name.ts';

export type SwitchFlags = ConnectionFlags & {
  readonly instance?: readonly string[];
  readonly ip?: string;
  readonly companion?: readonly string[];
  readonly wait?: string;
};

/** `enable` and `disable`: one instance and its companions, once. */
export async function switchInstance(
  cli: Cli,
  flags: SwitchFlags,
  service: string,
  enabled: boolean,
): Promise<number> {
  const { words } = cli;
  const waitMs = flags.wait === undefined ? 0 : parseDuration(flags.wait);
  if (waitMs === undefined)
    return refuseUsage(cli, words.cli.usage.badValue('--wait', flags.wait ?? '', words.cli.right.duration));
  const [instance, second] = flags.instance ?? [];
  if (second !== undefined || (instance === undefined) === (flags.ip === undefined))
    return refuseUsage(cli, words.cli.usage.needFlag('--instance IP:PORT'));
  const reached = await reach(cli, flags);
  if (!reached.ok) return reached.code;
  const { spec, registry } = reached.connected;
  if (spec.isReadOnly) {
    await registry.close();
    return refuseUsage(cli, words.cli.readOnly(spec.profile ?? ''));
  }
  const code = await switchReached(cli, reached, flags, service, { enabled, waitMs });
  await registry.close();
  return code;
}

type Wish = { readonly enabled: boolean; readonly waitMs: number };

async function switchReached(
  cli: Cli,
  reached: Reached,
  flags: SwitchFlags,
  service: string,
  wish: Wish,
): Promise<number> {
  const { registry, spec } = reached.connected;
  const id = serviceNamed(service, { namespace: spec.namespace, group: reached.group });
  const found = await findInstance(cli, registry, id, flags);
  if (!found.ok) return found.code;
  // A plan of one target: the same companions, minimum and guard as in a rollout. Nothing is deployed.
  const { companion } = flags;
  const file = planFileOfFlags(
    {
      service: id.service,
      group: id.group,
      instance: [found.instance],
      deploy: 'true',
      ...(companion && { companion }),
    },
    cli.words.cli,
  );
  if (!file.ok) return refuseUsage(cli, file.sentence);
  const made = await planFrom({ ...file.value, alreadyOff: 'take-along' }, registry, id);
  if (made.ok) return switchPlanned(cli, reached, made.plan, found.instance, wish);
  return made.problem.kind === 'registry'
    ? refuseRegistry(cli, made.problem.error)
    : refuseUsage(cli, cli.words.failures.planProblem(made.problem));
}

/** `--instance` as given, or the only one that is registered on `--ip`. */
async function findInstance(
  cli: Cli,
  registry: Registry,
  id: ServiceId,
  flags: SwitchFlags,
): Promise<{ ok: true; instance: string } | { ok: false; code: number }> {
  const [given] = flags.instance ?? [];
  if (given !== undefined) return { ok: true, instance: given };
  const ip = flags.ip ?? '';
  const listed = await registry.instances(id);
  if (!listed.ok) return { ok: false, code: refuseRegistry(cli, listed.error) };
  const [instance, ...others] = (listed.value ?? []).filter((one) => one.ip === ip).map(endpointText);
  if (instance === undefined)
    return { ok: false, code: refuseRegistry(cli, { kind: 'instance-missing', instance: ip }) };
  return others.length === 0
    ? { ok: true, instance }
    : { ok: false, code: refuseUsage(cli, cli.words.cli.manyPorts(ip, [instance, ...others])) };
}

async function switchPlanned(
  cli: Cli,
  reached: Reached,
  plan: Plan,
  instance: string,
  { enabled, waitMs }: Wish,
): Promise<number> {
  const { clock } = reached.ports;
  const { registry } = reached.connected;
  const [target] = plan.targets;
  if (target === undefined) return exitCodes.usage;
  const stop = new AbortController();
  const stopListening = reached.ports.onInterrupt(() => stop.abort());
  const outcome = await switchOnce({ registry, clock, plan, target, enabled, signal: stop.signal });
  const code = report(cli, outcome, instance, enabled);
  if (outcome.ok && waitMs > 0 && !stop.signal.aborted) {
    cli.output.talk(cli.words.cli.waiting(waitMs));
    await clock.sleep(waitMs, stop.signal);
  }
  stopListening();
  return code;
}

function report(cli: Cli, outcome: SwitchOutcome, instance: string, enabled: boolean): number {
  const { words, output } = cli;
  if (outcome.ok) {
    output.talk(
      outcome.wasAlready
        ? words.cli.alreadySo(instance, enabled)
        : words.cli.switched(instance, enabled, outcome.ms),
    );
    return exitCodes.done;
  }
  output.talk(words.cli.switchFailed(instance, words.failures.failure(outcome.failure)));
  if (outcome.mayBeOff.length > 0) {
    output.talk(words.cli.stillOff(outcome.mayBeOff));
    return exitCodes.someOff;
  }
  if (outcome.hasWritten) return enabled ? exitCodes.someOff : exitCodes.failed;
  return exitCodeOfFailure(outcome.failure);
}
