import type { Batch, BatchStep } from './batch-file.ts';

/** How the targets of one service go: `zones` has the zone of each, in their order, where one zone goes at a time. */
export type BatchWish = { readonly batch: Batch; readonly zones: readonly (string | undefined)[] };

type Sized = { readonly zone: string | undefined; readonly size: number };

/**
 * The number of each target's batch, by service. Numbers ascend from `first`; services that go side by side share them,
 * and where their zones go one at a time no batch has two.
 */
export function stageBatches(
  wishes: readonly BatchWish[],
  isSideBySide: boolean,
  first: number,
): readonly (readonly number[])[] {
  const sized = wishes.map(batchesOf);
  const numbered = isSideBySide ? sideBySide(sized, first) : oneAfterTheOther(sized, first);
  return sized.map((batches, at) =>
    batches.flatMap(({ size }, place) => Array.from({ length: size }, () => numbered[at]?.[place] ?? first)),
  );
}

function oneAfterTheOther(
  sized: readonly (readonly Sized[])[],
  first: number,
): readonly (readonly number[])[] {
  let next = first;
  return sized.map((batches) => batches.map(() => next++));
}

/** A zone of all services is through before another one begins. */
function sideBySide(sized: readonly (readonly Sized[])[], first: number): readonly (readonly number[])[] {
  const beginnings = new Map<string, number>();
  let next = first;
  for (const { zone } of sized.flat()) {
    if (zone === undefined || beginnings.has(zone)) continue;
    beginnings.set(zone, next);
    next += Math.max(...sized.map((batches) => batches.filter((one) => one.zone === zone).length));
  }
  return sized.map((batches) =>
    batches.map(({ zone }, at) => {
      const before = batches.slice(0, at).filter((one) => one.zone === zone).length;
      return (zone === undefined ? first : (beginnings.get(zone) ?? first)) + before;
    }),
  );
}

/** Of a list the last step is repeated until all are through. The end of a zone ends a batch. */
function batchesOf({ batch, zones }: BatchWish): readonly Sized[] {
  const count = zones.length;
  const marks = Array.isArray(batch) ? batch.map((step) => reached(step, count)) : [];
  const last = Array.isArray(batch) ? (batch.at(-1) ?? 1) : batch;
  const batches: Sized[] = [];
  for (let done = 0; done < count; ) {
    const zone = zones[done];
    const end = endOfZone(zones, done);
    const mark = marks.find((one) => one > done) ?? done + reached(last, count);
    const size = Math.min(mark, end) - done;
    batches.push({ zone, size });
    done += size;
  }
  return batches;
}

function endOfZone(zones: readonly (string | undefined)[], from: number): number {
  const end = zones.findIndex((zone, at) => at > from && zone !== zones[from]);
  return end < 0 ? zones.length : end;
}

/** A part is rounded up, so it is never nobody. */
function reached(step: BatchStep, count: number): number {
  return typeof step === 'number' ? step : Math.ceil((count * parseInt(step)) / 100);
}

/** The zones of targets that go a zone at a time, in their order; empty where they do not. */
export function zonesInOrder(targets: readonly { readonly zone?: string | undefined }[]): readonly string[] {
  return [...new Set(targets.flatMap(({ zone }) => zone ?? []))];
}

/** How many targets each batch has, three equal ones and more together: `1 + 3 + 3 × 6`. */
export function batchSizesText(targets: readonly { readonly batch: number }[]): string {
  const sizes = [...Map.groupBy(targets, ({ batch }) => batch)]
    .sort(([a], [b]) => a - b)
    .map(([, { length }]) => length);
  const runs: { size: number; times: number }[] = [];
  for (const size of sizes) {
    const run = runs.at(-1);
    if (run?.size === size) run.times += 1;
    else runs.push({ size, times: 1 });
  }
  return runs
    .map(({ size, times }) => (times > 2 ? `${times} × ${size}` : Array(times).fill(size).join(' + ')))
    .join(' + ');
}
