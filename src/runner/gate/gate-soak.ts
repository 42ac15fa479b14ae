import type { GateOf } from '../../core/gate/gate.ts';
import type { Failure } from '../../core/event/failure.ts';
import { targetOf, type Rollout } from '../../core/rollout/rollout.ts';
import type { Target } from '../../core/plan/plan.ts';
import type { Context } from '../context/context.ts';
import { stayWell, watchedBy } from '../steps/soak.ts';

/** All that are through and on must stay well for as long as the gate says; the first that does not ends it. */
export async function soakAtGate(
  context: Context,
  gate: GateOf<'soak'>,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.world;
  const { name, place, ms: totalMs } = gate;
  const began = clock.monotonic();
  const bad = await firstBad(context, throughTargets(context.rollout()), totalMs, signal);
  if (signal.aborted) return;
  const told = { gate: name, place, attempt, ms: Math.round(clock.monotonic() - began) };
  if (bad === undefined) context.record({ type: 'gate-passed', ...told });
  else context.record({ type: 'gate-failed', ...told, instance: bad.target, why: bad.why });
}

/** As things stand: one that came back under another address is watched there. */
function throughTargets(rollout: Rollout): readonly Target[] {
  return rollout.targets
    .filter(({ result }) => result === 'done' || result === 'put-on' || result === 'rolled-back')
    .map(({ name }) => targetOf(rollout, name));
}

type Bad = { readonly target: string; readonly why: Failure };

async function firstBad(
  context: Context,
  targets: readonly Target[],
  totalMs: number,
  signal: AbortSignal,
): Promise<Bad | undefined> {
  const found = new AbortController();
  const either = AbortSignal.any([signal, found.signal]);
  const among = targets.reduce((sum, { registrations }) => sum + registrations.length, 0);
  let bad: Bad | undefined;
  const watch = async (target: Target): Promise<void> => {
    const watched = watchedBy(target, target.soak?.check);
    const why = await stayWell(context, watched, totalMs, either, { among });
    if (why === undefined || bad !== undefined) return;
    bad = { target: target.name, why };
    found.abort();
  };
  // Where nothing is on there is nothing to watch, and the time passes all the same.
  await Promise.all(targets.length === 0 ? [context.world.clock.sleep(totalMs, signal)] : targets.map(watch));
  return bad;
}
