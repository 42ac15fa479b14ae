import { decisionSchema } from '../../core/event/event-parts.ts';
import { reachedGate } from '../../core/rollout/gate-state.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { apply } from '../../core/apply/apply.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import type { TargetState } from '../../core/rollout/target-state.ts';
import { parseDuration } from '../../core/text/duration.ts';
import type { Order, RolloutLink } from '../../runner/ports/protocol.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseUsage } from '../io/exit.ts';
import { chooseRollout, refuseNotChosen } from './choose-rollout.ts';
import { refuseAttach } from './refuse-attach.ts';

export type OrderFlags = { readonly target?: string; readonly by?: string };

/** About the rollout as a whole. */
const wholes: Readonly<Record<string, Order>> = {
  pause: { type: 'pause' },
  continue: { type: 'continue' },
  'abort-put-back': { type: 'abort', how: 'put-back' },
  'abort-leave': { type: 'abort', how: 'leave' },
  stop: { type: 'stop' },
};
/** About the gate at which it stands. */
const atGate = ['pass-gate', 'retry-gate'] as const;
const drains = ['skip-drain', 'extend-drain'] as const;
type AboutDrain = (typeof drains)[number];

/** All that may be ordered: what the console's keys do. */
const orderWords: readonly string[] = [
  ...Object.keys(wholes),
  ...atGate,
  ...drains,
  ...decisionSchema.options,
];

/** Gives one order to the runner of a rollout, as a key of the console does, and says what became of it. */
export async function order(
  cli: Cli,
  flags: OrderFlags,
  what: string,
  id: string | undefined,
): Promise<number> {
  const { usage, right } = cli.words.cli;
  const misused = misuse(cli, flags, what);
  if (misused !== undefined) return refuseUsage(cli, misused);
  const byMs = flags.by === undefined ? undefined : parseDuration(flags.by);
  if (flags.by !== undefined && (byMs === undefined || byMs === 0))
    return refuseUsage(cli, usage.badValue('--by', flags.by, right.duration));
  const ports = await cli.ports();
  const chosen = await chooseRollout(ports, id, (open) => open.isRunning);
  if (!chosen.ok) return refuseNotChosen(cli, chosen.problem);
  const launched = await ports.launcher.attach(chosen.id, { mayDecide: true, isBrief: true });
  if (!launched.ok) return refuseAttach(cli, ports, launched.problem);
  const { link } = launched;
  const rollout = await rolloutOf(link);
  const meant = rollout === undefined ? { refused: 'ended' as const } : orderOf(what, flags, byMs, rollout);
  if ('sentence' in meant) {
    link.close();
    return refuseUsage(cli, meant.sentence(cli));
  }
  const refused = 'refused' in meant ? meant.refused : await link.submit(meant.order);
  await link.submit({ type: 'detach' });
  link.close();
  cli.output.talk(
    refused === undefined
      ? cli.words.cli.order.taken(chosen.id)
      : cli.words.cli.order.refused(chosen.id, cli.words.failures.orderRefusal(refused)),
  );
  return refused === undefined ? exitCodes.done : exitCodes.refused;
}

/** Which word, or which flag beside it, says nothing. */
function misuse({ words }: Cli, flags: OrderFlags, what: string): string | undefined {
  const { usage, right } = words.cli;
  if (!orderWords.includes(what)) return usage.badValue('order', what, right.setting(orderWords));
  const isWhole = what in wholes || atGate.some((one) => one === what);
  if (isWhole && flags.target !== undefined) return usage.notBoth(what, '--target');
  if (what === 'extend-drain') return flags.by === undefined ? usage.needFlag('--by') : undefined;
  return flags.by === undefined ? undefined : usage.notBoth(what, '--by');
}

type Meant = { readonly order: Order } | { readonly sentence: (cli: Cli) => string };

function orderOf(what: string, flags: OrderFlags, byMs: number | undefined, rollout: Rollout): Meant {
  const whole = wholes[what];
  if (whole !== undefined) return { order: whole };
  const gated = atGate.find((one) => one === what);
  const gate = gated && reachedGate(rollout)?.gate.name;
  if (gated !== undefined)
    return gate === undefined
      ? { sentence: ({ words }) => words.cli.order.noGate }
      : { order: { type: gated, gate } };
  const drain = drains.find((one) => one === what);
  const waiting = rollout.targets.filter(drain === undefined ? isStuck : isDraining);
  const [only, second] = waiting;
  const named = flags.target ?? only?.name;
  if (flags.target === undefined && (named === undefined || second !== undefined))
    return { sentence: ({ words }) => words.cli.order.whichTarget(waiting.map(({ name }) => name)) };
  const target = rollout.targets.find(({ name }) => name === named);
  if (target === undefined) {
    const names = rollout.targets.map(({ name }) => name);
    return { sentence: ({ words }) => words.cli.order.noTarget(named ?? '', names) };
  }
  return { order: drain === undefined ? decisionAbout(target, what) : aboutDrain(drain, target, byMs) };
}

function aboutDrain(type: AboutDrain, { name: target }: TargetState, byMs = 0): Order {
  return type === 'skip-drain' ? { type, target } : { type, target, byMs };
}

/** About the failure that was seen: another one is another question. */
function decisionAbout({ name: target, step, steps, phase }: TargetState, what: string): Order {
  const decision = decisionSchema.parse(what);
  const attempt = phase === 'stuck' ? { attempt: steps[step].attempt } : {};
  return { type: 'decide', target, decision, ...attempt };
}

function isStuck({ phase }: TargetState): boolean {
  return phase === 'stuck';
}

function isDraining({ phase, step }: TargetState): boolean {
  return phase === 'running' && step === 'drain';
}

/** As its runner tells it; undefined where that goes before it has told all. */
function rolloutOf(link: RolloutLink): Promise<Rollout | undefined> {
  const told = Promise.withResolvers<Rollout | undefined>();
  let rollout: Rollout | undefined;
  const unfollow = link.follow((line) => {
    if (line.kind === 'event') rollout = apply(rollout, line.event);
    if (line.kind === 'caught-up') told.resolve(rollout);
    if (line.kind === 'broken') told.resolve(undefined);
  });
  void link.closed.then(() => told.resolve(undefined));
  void told.promise.then(unfollow);
  return told.promise;
}
