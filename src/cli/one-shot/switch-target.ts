import type { WriteFact } from '../../core/event/event.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { type Plan, type Target, mainRegistration } from '../../core/plan/plan.ts';
import { isSameAddress } from '../../core/registry/address.ts';
import { endpointText } from '../../core/registry/service.ts';
import { shortName } from '../../core/registry/service-name.ts';
import { neededFlags } from '../../profiles/needed-flags.ts';
import { lockedBy } from '../../runner/process/claim.ts';
import { switchOnce } from '../../runner/once/switch-once.ts';
import { offWith } from '../../doctor/off-with.ts';
import { offWithLines } from './off-with-lines.ts';
import type { Cli } from '../io/command-ports.ts';
import type { Reached } from '../io/connect.ts';
import { refuseLaunch } from '../io/exit.ts';
import { awaitGood } from './await-good.ts';
import { sayNotGood, sayOutcome, sayRenewal } from './say-switched.ts';
import { type WhenOff, renewalOf, whenTakenOff } from './since-off.ts';
import { waitForHolder } from './wait-for-holder.ts';
import type { Wish } from './wish.ts';

/** Switches one target of the plan. 0 when it is as it is wanted, on every server node. */
export async function switchTarget(
  cli: Cli,
  reached: Reached,
  whole: Plan,
  target: Target,
  wish: Wish,
): Promise<number> {
  const { words, output } = cli;
  const { enabled, isSelf, withinMs } = wish;
  const plan: Plan = { ...whole, targets: [target] };
  const whenOff = isToBeNew(target, wish) ? await whenTakenOff(reached, target) : undefined;
  const awaited = enabled ? await awaitGood(reached, target, wish, whenOff) : undefined;
  if (awaited !== undefined && awaited.kind !== 'good')
    return sayNotGood(cli, target, wish, awaited, whenOff);
  const patience = { ...wish, withinMs: enabled && isSelf ? withinMs : 0 };
  const passed = await waitForHolder(cli, reached, target, patience);
  if (passed.kind === 'free') {
    // What is read now is what is put on.
    const renewal =
      whenOff && !wish.wasAway && !wish.isRestarted && (await renewalOf(reached, target, whenOff));
    const code = await switchFree(cli, reached, plan, target, wish);
    if (code === exitCodes.done && whenOff && renewal) sayRenewal(cli, target, wish, renewal, whenOff);
    if (code === exitCodes.done && whenOff) sayOtherWeight(cli, target, whenOff);
    return code;
  }
  // A pod that stops goes in any case; whoever names an instance would restart what the rollout is putting on.
  const mayGo = passed.kind === 'so-already' && (enabled || isSelf);
  if (!mayGo) return refuseLaunch(cli, lockedBy(passed.holder));
  output.talk(words.cli.alreadySoAndHeld(target.name, enabled, passed.holder.id));
  return exitCodes.done;
}

/** It is put on as it registers: a weight that a person had given it may be gone. */
function sayOtherWeight({ words, output }: Cli, target: Target, { at, weight: was }: WhenOff): void {
  const { weight } = mainRegistration(target);
  if (weight !== was) output.talk(words.cli.otherWeight(target.name, weight, was, at));
}

/** An application that left and comes back by itself is the same process, and is meant to be. */
function isToBeNew(target: Target, { enabled, isRestarted }: Wish): boolean {
  const isOff = target.registrations.some(({ wasEnabled }) => !wasEnabled);
  return enabled && (isRestarted || (isOff && target.back === undefined));
}

/** What no rollout holds. */
async function switchFree(
  cli: Cli,
  reached: Reached,
  plan: Plan,
  target: Target,
  wish: Wish,
): Promise<number> {
  const { enabled, signal, command } = wish;
  const { ports, connected } = reached;
  const { clock, launcher } = ports;
  const { registry, spec } = connected;
  const isTaking = !enabled && target.registrations.some(({ wasEnabled }) => wasEnabled);
  const noted = isTaking ? await launcher.noteSwitch({ plan, connected, command }) : undefined;
  if (noted?.ok === false) {
    // A pod that stops goes in any case, and nobody else would put it on.
    if (!isOwn(reached, target)) return refuseLaunch(cli, noted.problem);
    const { words, output } = cli;
    output.talk(words.cli.notNoted(target.name, words.failures.launchProblem(noted.problem)));
  }
  const notes = noted?.ok === true ? noted : undefined;
  const ask = ports.askerFor(spec, signal);
  const writes: WriteFact[] = [];
  const onWrite = (fact: WriteFact): unknown => writes.push(fact);
  const outcome = await switchOnce({ registry, clock, plan, target, enabled, signal, notes, ask, onWrite });
  notes?.close();
  if (outcome.ok && enabled)
    await launcher.settleSwitch({ connected, registrations: target.registrations, writes, ms: outcome.ms });
  const code = sayOutcome(cli, reached, outcome, target, wish);
  if (outcome.ok && enabled) {
    cli.output.talk(...weightsGivenBack(cli, target, writes));
    const off = await offWith(ports, connected, target.registrations);
    const flags = neededFlags(connected.reached, cli.input.env, ports.profiles);
    cli.output.talk(...offWithLines(cli, off, flags));
  }
  return code;
}

/** What was written with all of its weight where a warm-up had left a part of it. */
function weightsGivenBack({ words }: Cli, { registrations }: Target, writes: readonly WriteFact[]): string[] {
  const isGiven = (weight: number, index: number): boolean =>
    writes.some(
      (fact) => fact.type === 'write-began' && fact.registration === index && fact.weight === weight,
    );
  return registrations.flatMap((one, index) =>
    one.parts !== undefined && isGiven(one.weight, index)
      ? [words.cli.weightBack(`${shortName(one)} ${endpointText(one)}`, one.weight)]
      : [],
  );
}

function isOwn({ ports }: Reached, target: Target): boolean {
  const { ip } = mainRegistration(target);
  return ports.ownAddresses().some((own) => isSameAddress(own, ip));
}
