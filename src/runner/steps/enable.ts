import type { Failure } from '../../core/failure.ts';
import { type Registration, mainRegistration } from '../../core/plan.ts';
import { isOurs } from '../../core/rollout.ts';
import { isSameEndpoint } from '../../core/service.ts';
import { bring } from '../bring.ts';
import type { Context } from '../context.ts';
import { readCounted, viewsOf } from '../sightings.ts';

const probeEveryMs = 1000;
const probeWithinMs = 15_000;

/** Brings a target's registrations back, in reverse order, reads them back, and probes once more. */
export async function enable(
  context: Context,
  name: string,
  attempt: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock } = context.world;
  const began = clock.monotonic();
  context.record({ type: 'enable-began', target: name, attempt });
  const why = await comeBack(context, name, signal);
  if (signal.aborted) return;
  if (why === undefined) await compare(context, name, signal);
  if (signal.aborted) return;
  const ms = Math.round(clock.monotonic() - began);
  if (why === undefined) context.record({ type: 'enabled', target: name, attempt, ms });
  else context.record({ type: 'step-failed', target: name, step: 'enable', attempt, ms, why });
}

async function comeBack(context: Context, name: string, signal: AbortSignal): Promise<Failure | undefined> {
  const touched = [...context.state(name).registrations.entries()].filter(([, state]) => isOurs(state));
  const failures = await Promise.all(
    touched.reverse().map(([index]) => bring(context, name, index, true, 'enable', signal)),
  );
  const failure = failures.find((one) => one !== undefined);
  if (failure !== undefined || signal.aborted) return failure;
  const { course } = context.state(name);
  const wasChecked = course === 'forward' || course === 'roll-back';
  return wasChecked ? stillGood(context, name, signal) : undefined;
}

/** The next target goes only when this one answers. */
async function stillGood(context: Context, name: string, signal: AbortSignal): Promise<Failure | undefined> {
  const { clock, probe } = context.world;
  const target = context.target(name);
  if (target.check.kind === 'registration') return undefined;
  const began = clock.monotonic();
  for (;;) {
    const reading = await probe(target.check, mainRegistration(target), signal);
    if (reading.kind === 'good' || signal.aborted) return undefined;
    const afterMs = Math.round(clock.monotonic() - began);
    if (afterMs >= probeWithinMs) return { kind: 'check', reading, afterMs };
    await clock.sleep(probeEveryMs, signal);
  }
}

/** Names everything but `enabled` that differs from what the plan saw. */
async function compare(context: Context, name: string, signal: AbortSignal): Promise<void> {
  const target = context.target(name);
  const readings = await readCounted(context, target.registrations);
  if (signal.aborted) return;
  for (const [registration, before] of target.registrations.entries()) {
    const [view] = viewsOf(readings, before);
    const after = view?.instances.find((instance) => isSameEndpoint(instance, before));
    if (after === undefined) continue;
    for (const difference of differences(before, after))
      context.record({ type: 'changed', target: name, registration, ...difference });
  }
}

type Compared = Pick<Registration, 'weight' | 'ephemeral' | 'cluster' | 'metadata'>;

function differences(before: Compared, after: Compared): { what: string; before: string; after: string }[] {
  const keys = new Set([...Object.keys(before.metadata), ...Object.keys(after.metadata)]);
  const pairs: [string, string, string][] = [
    ['weight', String(before.weight), String(after.weight)],
    ['ephemeral', String(before.ephemeral), String(after.ephemeral)],
    ['cluster', before.cluster, after.cluster],
    ...[...keys].map((key): [string, string, string] => [
      `metadata.${key}`,
      before.metadata[key] ?? '',
      after.metadata[key] ?? '',
    ]),
  ];
  return pairs.filter(([, a, b]) => a !== b).map(([what, a, b]) => ({ what, before: a, after: b }));
}
