import { type CallTally, emptyTally, tallyFailed, tallyRead } from '../../core/drain/call-tally.ts';
import { keptMs } from '../../core/drain/caller-tally.ts';
import { everListed } from '../../core/drain/consumers.ts';
import type { Consumers } from '../../core/drain/drain-verdict.ts';
import { evidenceText } from '../../core/drain/evidence-text.ts';
import type { Registration, Target } from '../../core/plan/plan.ts';
import { nodesOf, type Rollout, targetOf } from '../../core/rollout/rollout.ts';
import { watchedTargets } from '../../core/rollout/wanted.ts';
import { addressText } from '../../core/registry/address.ts';
import { isSameEndpoint, parseEndpoint, serviceKey } from '../../core/registry/service.ts';
import type { World } from '../../world/world.ts';
import { CallBook, type CallWatch, type Source } from './call-book.ts';

/** How often a source is read before its target drains, and while it does. */
type Pace = { readonly beforeMs: number; readonly drainingMs: number };

const usualPace: Pace = { beforeMs: 500, drainingMs: 150 };
/** A look at our own sockets costs next to nothing, and of a connection only the last call before a look is seen. */
const localPace: Pace = { beforeMs: 200, drainingMs: 100 };

/**
 * While a machine sleeps its monotonic clock may stand still, and the calls of hours would be those of a moment. The wall
 * clock shows it; where that was only set, a watch begins anew for nothing.
 */
const suspendedMs = 1000;

const consumersEveryMs = 10_000;
/** How soon they are read anew where a drain has begun since. */
const drainSeenWithinMs = 250;

type Place = Pick<World, 'clock' | 'registry' | 'evidence'>;

/**
 * Reads the sources of a target, and who subscribes to its services, until the signal is aborted or the target is taken out
 * of the book. Reads only: it may begin before anybody holds a lease.
 */
export function readCalls(
  world: Place,
  book: CallBook,
  target: Target,
  nodes: () => readonly string[],
  signal: AbortSignal,
): void {
  const sources = sourcesOf(target);
  const watch: CallWatch = {
    sources: sources.map(({ source, registration }) => ({ source, registration, tally: emptyTally })),
    consumers: target.registrations.map(() => undefined),
  };
  book.set(target.name, watch);
  const isOver = (): boolean => signal.aborted || book.get(target.name) !== watch;
  for (const one of asked(sources, target.registrations))
    void readSource(world, watch, { ...one, isOver }, signal);
  void readConsumers(world, watch, { target, nodes, isOver, reads: book.consumers }, signal);
}

/** The claim takes seconds, in which those that go first are watched already. */
export function watchEarly(world: Place, rollout: Rollout, signal: AbortSignal): CallBook {
  const calls = new CallBook();
  for (const name of watchedTargets(rollout))
    readCalls(world, calls, targetOf(rollout, name), () => nodesOf(rollout), signal);
  return calls;
}

/** Connections are those to each registration's port; the others tell of the one that the target is named after. */
function sourcesOf({ drain, registrations }: Target): readonly Source[] {
  return (drain.watch?.evidence ?? []).flatMap((evidence): readonly Source[] => {
    const source = evidenceText(evidence);
    if (evidence.kind !== 'connections') return [{ evidence, source, registration: 0 }];
    return registrations.map((_, registration) => ({ evidence, source, registration }));
  });
}

/** What is asked, and for which of the sources. */
type Asked = {
  readonly source: Source;
  readonly registration: Registration;
  readonly indices: readonly number[];
};

/** A process may register fifty interfaces at one port: its connections are looked at once for all of them. */
function asked(sources: readonly Source[], registrations: readonly Registration[]): readonly Asked[] {
  const found: Asked[] = [];
  for (const [index, source] of sources.entries()) {
    const registration = registrations[source.registration];
    if (registration === undefined) continue;
    const at = found.findIndex(
      (one) => one.source.source === source.source && isSameEndpoint(one.registration, registration),
    );
    const same = found[at];
    if (same === undefined) found.push({ source, registration, indices: [index] });
    else found[at] = { ...same, indices: [...same.indices, index] };
  }
  return found;
}

async function readSource(
  { clock, evidence }: Place,
  watch: CallWatch,
  { source, indices, registration, isOver }: Asked & { readonly isOver: () => boolean },
  signal: AbortSignal,
): Promise<void> {
  const isLocal = source.evidence.kind === 'connections' && source.evidence.run === undefined;
  const pace = isLocal ? localPace : usualPace;
  let aheadMs = clock.wallClock() - clock.monotonic();
  while (!isOver()) {
    const askedMs = clock.monotonic();
    const reading = await evidence(source.evidence, registration, signal);
    if (isOver()) return;
    const aheadNowMs = clock.wallClock() - clock.monotonic();
    const atMs = clock.monotonic();
    if (Math.abs(aheadNowMs - aheadMs) > suspendedMs)
      update(watch, indices, (tally) => tallyFailed(tally, atMs));
    aheadMs = aheadNowMs;
    update(watch, indices, (tally) =>
      reading.kind === 'read'
        ? tallyRead(tally, reading.reading, atMs, askedMs, watch.drain?.beganMs)
        : tallyFailed(tally, atMs),
    );
    watch.heard?.(source, reading);
    await clock.sleep(watch.drain === undefined ? pace.beforeMs : pace.drainingMs, signal);
  }
}

/** They have been read together from the beginning, and know the same. */
function update(watch: CallWatch, indices: readonly number[], next: (tally: CallTally) => CallTally): void {
  const before = watch.sources[indices[0] ?? -1];
  if (before === undefined) return;
  const tally = next(before.tally);
  watch.sources = watch.sources.map((one, at) => (indices.includes(at) ? { ...one, tally } : one));
}

type Subscribed = {
  readonly target: Target;
  readonly nodes: () => readonly string[];
  readonly isOver: () => boolean;
  readonly reads: CallBook['consumers'];
};

async function readConsumers(
  world: Place,
  watch: CallWatch,
  { target, nodes, isOver, reads }: Subscribed,
  signal: AbortSignal,
): Promise<void> {
  const { clock, registry } = world;
  const kept = target.registrations.map((): { atMs: number; list: NonNullable<Consumers> }[] => []);
  while (!isOver()) {
    // Those that were asked for before the drain began are no news.
    const afterMs = Math.max(clock.monotonic() - consumersEveryMs, watch.drain?.beganMs ?? -Infinity);
    const each = await Promise.all(
      target.registrations.map((one) =>
        reads.read(clock, JSON.stringify([serviceKey(one), nodes()]), { afterMs, signal }, () =>
          registry.consumers(one, nodes(), { signal }),
        ),
      ),
    );
    if (isOver()) return;
    const askedMs = Math.min(...each.map((one) => one.askedMs));
    watch.consumers = each.map(({ answer }, index): Consumers => {
      if (!answer.ok || answer.value === undefined) return undefined;
      const list = answer.value.map(({ address }) => ({
        address: addressText(parseEndpoint(address)?.ip ?? address),
      }));
      const before = kept[index]?.filter(({ atMs }) => atMs >= askedMs - keptMs) ?? [];
      kept[index] = [...before, { atMs: askedMs, list }];
      return everListed(kept[index].map((one) => one.list));
    });
    watch.consumersMs = askedMs;
    const isDue = (): boolean =>
      clock.monotonic() - askedMs >= consumersEveryMs || (watch.drain?.beganMs ?? 0) > askedMs;
    do await clock.sleep(drainSeenWithinMs, signal);
    while (!isDue() && !isOver());
  }
}
