import { parseDuration } from '../../core/text/duration.ts';
import type { Reading } from '../../core/event/failure.ts';
import { exitCodeOfFailure, exitCodes } from '../../core/rollout/outcome.ts';
import { foundText } from '../../core/plan/companion-rules.ts';
import { type Plan, type Target, mainRegistration } from '../../core/plan/plan.ts';
import { isSameAddress } from '../../core/registry/address.ts';
import { isSameEndpoint } from '../../core/registry/service.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import { neededFlags } from '../../profiles/needed-flags.ts';
import { planFrom } from '../../runner/review/read-plan.ts';
import { lockedBy } from '../../runner/process/claim.ts';
import { type SwitchOutcome, switchOnce } from '../../runner/registry/switch-once.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseLaunch, refuseRegistry, refuseUsage } from '../io/exit.ts';
import { offWith, offWithLines } from '../doctor/off-with.ts';
import { type WhichFlags, findSwitched, whichProblem } from '../one-shot/find-switched.ts';
import { sayShortWait } from '../one-shot/short-wait.ts';
import { waitForHolder } from '../one-shot/wait-for-holder.ts';
import { typedCommand } from '../one-shot/typed-command.ts';
import { whyNotOff } from '../one-shot/why-not-off.ts';
import { planFileOfFlags } from '../plan/plan-flags.ts';
import { overrideProblem } from '../plan/prepare-plan.ts';
import { type Reached, connect } from '../io/connect.ts';
import { noteTexts } from '../plan/review-text.ts';
import { type TypedService, typedService } from '../plan/typed-service.ts';

export type SwitchFlags = ConnectionFlags &
  WhichFlags & {
    readonly companion?: readonly string[];
    readonly minimum?: string;
    readonly override?: readonly string[];
    readonly check?: string;
    readonly wait?: string;
    readonly within?: string;
  };

/** How long what starts may take to register and to answer. */
const defaultWithin = '60s';
const probeEveryMs = 1000;

/** `enable` and `disable`: one instance and its companions, once. */
export async function switchInstance(
  cli: Cli,
  flags: SwitchFlags,
  service: string,
  enabled: boolean,
): Promise<number> {
  const { words } = cli;
  const waitMs = parseDuration(flags.wait ?? '0s');
  const withinMs = parseDuration(flags.within ?? defaultWithin);
  const { duration } = words.cli.right;
  if (waitMs === undefined)
    return refuseUsage(cli, words.cli.usage.badValue('--wait', flags.wait ?? '', duration));
  if (withinMs === undefined)
    return refuseUsage(cli, words.cli.usage.badValue('--within', flags.within ?? '', duration));
  const problem = whichProblem(cli, flags);
  if (problem !== undefined) return refuseUsage(cli, problem);
  const typed = typedService(service, flags.group, words.cli);
  if (!typed.ok) return refuseUsage(cli, typed.sentence);
  const reached = await connect(cli, flags);
  if (!reached.ok) return reached.code;
  const { spec, registry } = reached.connected;
  if (spec.isReadOnly) {
    await registry.close();
    return refuseUsage(cli, words.cli.readOnly(spec.profile ?? ''));
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

type Wish = {
  readonly enabled: boolean;
  readonly waitMs: number;
  readonly withinMs: number;
  readonly signal: AbortSignal;
  /** What journals say took it off. */
  readonly command: string;
};

async function switchReached(
  cli: Cli,
  reached: Reached,
  flags: SwitchFlags,
  typed: TypedService,
  wish: Wish,
): Promise<number> {
  const { words } = cli;
  const { registry, spec } = reached.connected;
  const id = { namespace: spec.namespace, group: reached.group, ...typed };
  const isAwaited = wish.enabled && flags.self === true;
  const wait = { withinMs: isAwaited ? wish.withinMs : 0, signal: wish.signal };
  const found = await findSwitched(cli, reached, id, flags, wait);
  if (!found.ok) return found.code;
  // A plan of one target: the same companions, minimum and guard as in a rollout. Nothing is deployed.
  const { companion, check, minimum } = flags;
  const file = planFileOfFlags(
    {
      instance: [found.instance],
      deploy: 'true',
      ...(companion && { companion }),
      ...(check !== undefined && { check }),
      ...(minimum !== undefined && { minimum }),
    },
    id,
    words.cli,
  );
  if (!file.ok) return refuseUsage(cli, file.sentence);
  const overrides = flags.override ?? [];
  const companions = file.value.defaults?.companions ?? reached.defaults?.companions;
  const rolled = {
    ...file.value,
    defaults: { ...file.value.defaults, ...(companions && { companions }) },
    alreadyOff: 'take-along',
  } as const;
  const made = await planFrom(rolled, registry, {
    ...id,
    overrides,
    isTyped: true,
    // What is to be done speaks of it; whether that can be done, the guard and the write say.
    ofTwins: wish.enabled ? 'off' : 'on',
  });
  if (!made.ok)
    return made.problem.kind === 'registry'
      ? refuseRegistry(cli, made.problem.error)
      : refuseUsage(cli, words.failures.planProblem(made.problem));
  const badOverride = overrideProblem(flags, made.plan, words.cli);
  if (badOverride !== undefined) return refuseUsage(cli, badOverride);
  cli.output.talk(...noteTexts(made.notes, words));
  const isProbed = wish.enabled && (flags.self === true || check !== undefined);
  const bad = isProbed ? await awaitGood(reached, made.plan, wish) : undefined;
  if (bad === undefined) {
    const passed = await waitForHolder(cli, reached, made.plan, { ...wish, withinMs: wait.withinMs });
    if (passed.kind === 'free') return switchPlanned(cli, reached, made.plan, found.instance, wish);
    // A pod that stops goes in any case; whoever names an instance would restart what the rollout is putting on.
    const mayGo = passed.kind === 'so-already' && (wish.enabled || flags.self === true);
    if (!mayGo) return refuseLaunch(cli, lockedBy(passed.holder));
    cli.output.talk(words.cli.alreadySoAndHeld(found.instance, wish.enabled, passed.holder.id));
    return waitAfter(cli, reached, made.plan, found.instance, wish);
  }
  const failure = { kind: 'check', reading: bad, afterMs: wish.withinMs } as const;
  cli.output.talk(words.cli.switchFailed(found.instance, words.failures.failure(failure)));
  return exitCodes.someOff;
}

/** What starts is put on when it is healthy in Nacos and answers itself; the last bad reading otherwise. */
async function awaitGood(reached: Reached, plan: Plan, wish: Wish): Promise<Reading | undefined> {
  const { ports, connected } = reached;
  const [target] = plan.targets;
  if (target === undefined) return undefined;
  const main = mainRegistration(target);
  const probe = ports.probeFor(connected.spec);
  const began = ports.clock.monotonic();
  for (;;) {
    const listed = await connected.registry.instances(main, { known: [main] });
    const own = listed.ok ? listed.value?.items.find((one) => isSameEndpoint(one, main)) : undefined;
    const reading: Reading =
      own === undefined
        ? { kind: 'not-registered' }
        : own.healthy
          ? await probe(target.check, main, wish.signal)
          : { kind: 'unhealthy' };
    if (reading.kind === 'good') return undefined;
    if (ports.clock.monotonic() - began >= wish.withinMs || wish.signal.aborted) return reading;
    await ports.clock.sleep(probeEveryMs, wish.signal);
  }
}

async function switchPlanned(
  cli: Cli,
  reached: Reached,
  plan: Plan,
  instance: string,
  wish: Wish,
): Promise<number> {
  const { clock, launcher } = reached.ports;
  const { connected } = reached;
  const { registry } = connected;
  const [target] = plan.targets;
  if (target === undefined) return exitCodes.usage;
  const { enabled, signal, command } = wish;
  const isTaking = !enabled && target.registrations.some(({ wasEnabled }) => wasEnabled);
  const noted = isTaking ? await launcher.noteSwitch({ plan, connected, command }) : undefined;
  if (noted?.ok === false) {
    // A pod that stops goes in any case, and nobody else would put it on.
    if (!isOwn(reached, target)) return refuseLaunch(cli, noted.problem);
    const { words, output } = cli;
    output.talk(words.cli.notNoted(instance, words.failures.launchProblem(noted.problem)));
  }
  const notes = noted?.ok === true ? noted : undefined;
  const outcome = await switchOnce({ registry, clock, plan, target, enabled, signal, notes });
  notes?.close();
  if (outcome.ok && enabled)
    await launcher.settleSwitch({ connected, registrations: target.registrations, ms: outcome.ms });
  const code = report(cli, outcome, { instance, target, enabled });
  if (outcome.ok && enabled) {
    const off = await offWith(reached.ports, connected, target.registrations);
    const flags = neededFlags(connected.reached, cli.input.env, reached.ports.profiles);
    cli.output.talk(...offWithLines(cli, off, flags));
  }
  return outcome.ok ? waitAfter(cli, reached, plan, instance, wish) : code;
}

function isOwn({ ports }: Reached, target: Target): boolean {
  const { ip } = mainRegistration(target);
  return ports.ownAddresses().some((own) => isSameAddress(own, ip));
}

async function waitAfter(
  cli: Cli,
  reached: Reached,
  plan: Plan,
  instance: string,
  { enabled, waitMs, signal }: Wish,
): Promise<number> {
  const { words, output } = cli;
  if (waitMs === 0) return exitCodes.done;
  output.talk(words.cli.waiting(waitMs));
  const { clock } = reached.ports;
  const began = clock.monotonic();
  if (!enabled) await sayShortWait(cli, reached, plan, waitMs);
  await clock.sleep(Math.max(0, waitMs - (clock.monotonic() - began)), signal);
  const [target] = plan.targets;
  const doubt = enabled || target === undefined ? undefined : await whyNotOff(reached, target, signal);
  if (doubt === 'on') output.talk(words.cli.putOnMeanwhile(instance));
  else if (doubt !== undefined) output.talk(words.cli.switchFailed(instance, words.failures.failure(doubt)));
  // A script that goes on now would restart what is still being called.
  if (signal.aborted) output.talk(words.cli.waitCutShort);
  else if (doubt === undefined) {
    output.talk(words.cli.waited(instance, enabled, waitMs));
    return exitCodes.done;
  } else if (doubt === 'on') return exitCodes.failed;
  return enabled ? exitCodes.interrupted : exitCodes.someOff;
}

function report(
  cli: Cli,
  outcome: SwitchOutcome,
  { instance, target, enabled }: { instance: string; target: Target; enabled: boolean },
): number {
  const { words, output } = cli;
  if (outcome.ok) {
    output.talk(
      outcome.wasAlready
        ? words.cli.alreadySo(instance, enabled)
        : words.cli.switched(instance, enabled, outcome.ms),
      ...target.registrations
        .filter((one) => one !== mainRegistration(target))
        .map((one) => words.cli.switchedWith(foundText(one))),
    );
    return exitCodes.done;
  }
  const { failure } = outcome;
  output.talk(words.cli.switchFailed(instance, words.failures.failure(failure)));
  for (const refusal of failure.kind === 'refused' ? failure.refusals : [])
    if (refusal.kind === 'last-one' || refusal.kind === 'below-minimum')
      output.talk(words.cli.overrideWith(refusal.service));
  if (outcome.mayBeOff.length > 0) {
    output.talk(words.cli.stillOff(outcome.mayBeOff));
    return exitCodes.someOff;
  }
  if (outcome.hasWritten) return enabled ? exitCodes.someOff : exitCodes.failed;
  return exitCodeOfFailure(outcome.failure);
}
