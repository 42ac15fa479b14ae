import { emptyTally, tallyFailed, tallyRead, tallySince } from '../../core/drain/call-tally.ts';
import type { Consumers, WatchedSource } from '../../core/drain/drain-verdict.ts';
import { type Evidence, evidenceText } from '../../core/drain/evidence.ts';
import { parseEndpoint } from '../../core/registry/service.ts';
import { nodesOf } from '../../core/rollout/rollout.ts';
import type { EvidenceReading } from '../../world/world.ts';
import { type CallWatch, keptMs } from '../context/call-book.ts';
import type { Context } from '../context/context.ts';

/** How often each source is read while its target drains, and before. */
export const drainSampleMs = 250;
const sampleMs = 500;
const consumersEveryMs = 10_000;

type Source = { readonly evidence: Evidence; readonly source: string; readonly registration: number };

/** Reads a target's sources of evidence for as long as it is wanted, and keeps what they tell for the drain. */
export async function watchCalls(context: Context, name: string, signal: AbortSignal): Promise<void> {
  const { clock } = context.world;
  const sources = sourcesOf(context, name);
  const watch: CallWatch = {
    sources: sources.map(({ source, registration }) => ({ source, registration, tally: emptyTally })),
    consumers: context.target(name).registrations.map(() => undefined),
  };
  context.calls.set(name, watch);
  const told = { isLost: new Set<Source>(), isCalledAfter: false };
  let consumersAtMs = -Infinity;
  while (!signal.aborted) {
    if (clock.monotonic() - consumersAtMs >= consumersEveryMs) {
      consumersAtMs = clock.monotonic();
      void readConsumers(context, name, watch, signal);
    }
    const readings = await Promise.all(sources.map((one) => read(context, name, one, signal)));
    if (signal.aborted) break;
    const atMs = clock.monotonic();
    watch.sources = watch.sources.map((one, index) => taken(one, readings[index], atMs));
    for (const [index, source] of sources.entries())
      tellLost(context, name, source, readings[index], told.isLost);
    if (!told.isCalledAfter) told.isCalledAfter = tellCalledAfter(context, name, watch);
    const isDraining = context.state(name).step === 'drain';
    await clock.sleep(isDraining ? drainSampleMs : sampleMs, signal);
  }
  context.calls.delete(name);
}

/** Connections are those to each registration's port; the others tell of the one that the target is named after. */
function sourcesOf(context: Context, name: string): readonly Source[] {
  const { drain, registrations } = context.target(name);
  return (drain.watch?.evidence ?? []).flatMap((evidence): readonly Source[] => {
    const source = evidenceText(evidence);
    if (evidence.kind !== 'connections') return [{ evidence, source, registration: 0 }];
    return registrations.map((_, registration) => ({ evidence, source, registration }));
  });
}

async function read(
  context: Context,
  name: string,
  one: Source,
  signal: AbortSignal,
): Promise<EvidenceReading> {
  const registration = context.target(name).registrations[one.registration];
  if (registration === undefined) throw new Error(`${name} has no registration ${one.registration}`);
  return context.world.evidence(one.evidence, registration, signal);
}

function taken(one: WatchedSource, reading: EvidenceReading | undefined, atMs: number): WatchedSource {
  const tally =
    reading?.kind === 'read' ? tallyRead(one.tally, reading.reading, atMs) : tallyFailed(one.tally, atMs);
  return { ...one, tally: tallySince(tally, atMs - keptMs) };
}

/** Only while it matters: before the disable nothing hangs on it, and a deploy stops what is asked. */
function tellLost(
  context: Context,
  name: string,
  one: Source,
  reading: EvidenceReading | undefined,
  lost: Set<Source>,
): void {
  if (context.state(name).step !== 'drain') return;
  const { source, registration } = one;
  if (reading?.kind === 'failed' && !lost.has(one)) {
    lost.add(one);
    context.record({ type: 'evidence-lost', target: name, source, registration, why: reading.why });
  } else if (reading?.kind === 'read' && lost.delete(one))
    context.record({ type: 'evidence-returned', target: name, source, registration });
}

/** Calls that arrive when the drain is over; once the deploy has stopped the instance, the source is broken. */
function tellCalledAfter(context: Context, name: string, { sources, drain }: CallWatch): boolean {
  if (context.state(name).step !== 'deploy' || drain === undefined) return false;
  for (const { source, tally } of sources) {
    const late = tally.callers.flatMap(({ arrivals }) => arrivals.filter(({ toMs }) => toMs > drain.atMs));
    const [first] = late;
    if (first === undefined) continue;
    const count = late.reduce((sum, { calls }) => sum + calls, 0);
    const ms = Math.round(first.toMs - drain.atMs);
    context.record({ type: 'called-after-drain', target: name, source, count, ms });
    return true;
  }
  return false;
}

async function readConsumers(
  context: Context,
  name: string,
  watch: CallWatch,
  signal: AbortSignal,
): Promise<void> {
  const { registry } = context.world;
  const { registrations } = context.target(name);
  const nodes = nodesOf(context.rollout());
  const answers = await Promise.all(registrations.map((one) => registry.consumers(one, nodes, { signal })));
  if (signal.aborted) return;
  watch.consumers = answers.map((answer): Consumers => {
    if (!answer.ok || answer.value === undefined) return undefined;
    return answer.value.map(({ address }) => ({ address: parseEndpoint(address)?.ip ?? address }));
  });
}
