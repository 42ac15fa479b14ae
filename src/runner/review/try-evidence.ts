import { type CallReading, type CallTally, emptyTally, tallyRead } from '../../core/drain/call-tally.ts';
import type { Evidence } from '../../core/drain/evidence.ts';
import type { Registration } from '../../core/plan/plan.ts';
import type { Reading } from '../../core/event/failure.ts';
import type { World } from '../../world/world.ts';

/** What one source told of a registration that works now. */
export type EvidenceTrial =
  | { readonly kind: 'failed'; readonly why: Reading }
  /** A rehearsal runs nothing. */
  | { readonly kind: 'untried' }
  | {
      readonly kind: 'told';
      readonly reading: CallReading;
      /** Calls a second while it was tried, without our own. */
      readonly perSecond: number;
      /** It grew with each of our own readings: what asks it counts as a call. */
      readonly countsUs: boolean;
    };

/** How long calls are counted. */
const watchMs = 1000;
/** So many readings one upon the other: what grows with each of them grows by them. */
const quickReads = 4;

type Told = {
  readonly evidence: Evidence;
  /** Of the readings in between. */
  readonly growths: readonly number[];
  readonly tookMs: number;
  readonly tally: CallTally;
};
type Place = Pick<World, 'clock' | 'evidence'>;

/** Tries the sources of one registration one after the other, then counts calls by all of them. Takes a second. */
export async function tryEvidence(
  place: Place,
  sources: readonly Evidence[],
  registration: Registration,
): Promise<readonly EvidenceTrial[]> {
  const firsts: (Told | Exclude<EvidenceTrial, { kind: 'told' }>)[] = [];
  for (const evidence of sources) firsts.push(await readQuickly(place, evidence, registration));
  if (firsts.some((first) => 'tally' in first)) await place.clock.sleep(watchMs);
  const trials: EvidenceTrial[] = [];
  for (const first of firsts)
    trials.push('tally' in first ? await readAgain(place, first, registration) : first);
  return trials;
}

async function readQuickly(
  { clock, evidence: read }: Place,
  evidence: Evidence,
  registration: Registration,
): Promise<Told | Exclude<EvidenceTrial, { kind: 'told' }>> {
  // A command is no caller of the instance.
  const count = 'url' in evidence ? quickReads : 1;
  const growths: number[] = [];
  let tally = emptyTally;
  let sum: number | undefined;
  const beganMs = clock.monotonic();
  for (let index = 0; index < count; index += 1) {
    const askedMs = clock.monotonic();
    const told = await read(evidence, registration, new AbortController().signal);
    if (told.kind === 'failed')
      return told.why.kind === 'not-run' ? { kind: 'untried' } : { kind: 'failed', why: told.why };
    const now = sumOf(told.reading);
    if (sum !== undefined) growths.push(now - sum);
    sum = now;
    tally = tallyRead(emptyTally, told.reading, clock.monotonic(), askedMs);
  }
  return { evidence, growths, tookMs: clock.monotonic() - beganMs, tally };
}

async function readAgain(
  { clock, evidence: read }: Place,
  { evidence, growths, tookMs, tally }: Told,
  registration: Registration,
): Promise<EvidenceTrial> {
  const fromMs = tally.readMs ?? 0;
  const askedMs = clock.monotonic();
  const told = await read(evidence, registration, new AbortController().signal);
  if (told.kind === 'failed') return { kind: 'failed', why: told.why };
  const { reading } = told;
  const atMs = clock.monotonic();
  const calls = tallyRead(tally, reading, atMs, askedMs).arrivals.reduce((sum, one) => sum + one.calls, 0);
  const seconds = (atMs - fromMs) / 1000;
  // So many calls of others would make it grow as often as we read it.
  const isByOthers = (calls / seconds) * (tookMs / 1000) >= growths.length / 2;
  const countsUs = growths.length > 0 && growths.every((growth) => growth >= 1) && !isByOthers;
  const own = countsUs ? (growths[0] ?? 0) : 0;
  return { kind: 'told', reading, perSecond: Math.max(0, calls - own) / seconds, countsUs };
}

function sumOf({ counters }: CallReading): number {
  return counters.reduce((sum, { value }) => sum + value, 0);
}
