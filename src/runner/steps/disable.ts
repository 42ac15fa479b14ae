import type { Failure } from '../../core/failure.ts';
import { guardTarget } from '../../core/guard.ts';
import { bring } from '../bring.ts';
import type { Context } from '../context.ts';
import { readGuardViews } from '../sightings.ts';

/** Takes a target's registrations off, all or none, if the guard lets us. */
export async function disable(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.world;
  const began = clock.monotonic();
  context.record({ type: 'disable-began', target: name, attempt });
  const why = (await guarded(context, name)) ?? (await takeOff(context, name, signal));
  if (signal.aborted) return;
  const ms = Math.round(clock.monotonic() - began);
  if (why === undefined) context.record({ type: 'disabled', target: name, attempt, ms });
  else context.record({ type: 'step-failed', target: name, step: 'disable', attempt, ms, why });
}

/** Counts again just now; what the review counted may be an hour old. */
async function guarded(context: Context, name: string): Promise<Failure | undefined> {
  const { registry } = context.world;
  const { registrations } = context.target(name);
  const counted = await readGuardViews(registry, context.rollout().planned.nodes, registrations);
  if (!counted.ok) return { kind: 'registry', error: counted.error };
  const verdict = guardTarget(context.rollout(), name, counted.views);
  const isGo = verdict.kind === 'go';
  context.record({ type: 'forecast', target: name, isGo, services: [...verdict.forecast] });
  return verdict.kind === 'go' ? undefined : { kind: 'refused', refusals: verdict.refusals };
}

/** All at once: between two of them, half a process would be called. */
async function takeOff(context: Context, name: string, signal: AbortSignal): Promise<Failure | undefined> {
  const registrations = [...context.target(name).registrations.entries()].filter(([, one]) => one.wasEnabled);
  const failures = await Promise.all(
    registrations.map(([index]) => bring(context, name, index, false, 'disable', signal)),
  );
  const failure = failures.find((one) => one !== undefined);
  if (failure !== undefined && !signal.aborted) await putBack(context, name, signal);
  return failure;
}

/** Half a target off serves nobody: what went off, or may have gone off, comes back. */
async function putBack(context: Context, name: string, signal: AbortSignal): Promise<void> {
  const touched = [...context.state(name).registrations.entries()].filter(
    ([, state]) => state.mark !== 'untouched',
  );
  await Promise.all(touched.map(([index]) => bring(context, name, index, true, 'restore', signal)));
}
