import { asyncProperty, check } from 'fast-check';
import { mutated } from './mutated.ts';
import type { Target } from './target.ts';

/** Of one input. Where it takes longer by the clock, the time of the processor counts: a machine may be busy elsewhere. */
const timeMaxMs = 250;

/** Throws where the target breaks a promise, or takes too long for so short a text. */
export async function tried(target: Target, input: string): Promise<void> {
  const { slowMs = timeMaxMs } = target;
  const began = performance.now();
  await target.run(input);
  if (performance.now() - began < slowMs) return;
  const before = process.threadCpuUsage();
  await target.run(input);
  const { user, system } = process.threadCpuUsage(before);
  const ms = Math.round((user + system) / 1000);
  if (ms > slowMs) throw new Error(`${ms} ms for ${input.length} characters`);
}

export type Finding = { readonly input: string; readonly message: string; readonly seed: number };
export type Fuzzed = {
  readonly name: string;
  readonly executions: number;
  readonly ms: number;
  readonly finding?: Finding;
};

export type Limits = {
  readonly seed: number;
  /** Executions at most. */
  readonly count: number;
  readonly ms: number;
};

const sliceMs = 500;
/** For how long a finding is made simpler. */
const simplerMs = 20_000;

/** Tries a target with one input after the other, until a limit or a finding, which is made as simple as it can be. */
export async function fuzz(target: Target, { seed, count, ms }: Limits): Promise<Fuzzed> {
  const inputs = mutated(target.seeds, target.words);
  // The first takes a second: it builds tables of characters.
  await check(
    asyncProperty(inputs, async () => undefined),
    { seed, numRuns: 1 },
  );
  const began = performance.now();
  let [executions, size] = [0, 50];
  let foundAt = Number.POSITIVE_INFINITY;
  const attempt = async (input: string): Promise<void> => {
    if (performance.now() - foundAt > simplerMs) return;
    try {
      await tried(target, input);
    } catch (error) {
      foundAt = Math.min(foundAt, performance.now());
      throw error;
    }
  };
  for (let slice = 0; executions < count && performance.now() - began < ms; slice += 1) {
    const sliceSeed = seed + slice;
    const sliceBegan = performance.now();
    const numRuns = Math.min(size, count - executions);
    const details = await check(asyncProperty(inputs, attempt), { seed: sliceSeed, numRuns });
    executions += details.numRuns;
    const took = performance.now() - sliceBegan;
    size = Math.max(50, Math.min(20_000, Math.round((size * sliceMs) / Math.max(took, 1))));
    if (details.failed && details.counterexample !== null) {
      const [input] = details.counterexample;
      const { errorInstance } = details;
      const message = errorInstance instanceof Error ? (errorInstance.stack ?? '') : String(errorInstance);
      return {
        name: target.name,
        executions,
        ms: performance.now() - began,
        finding: { input, message, seed: sliceSeed },
      };
    }
  }
  return { name: target.name, executions, ms: performance.now() - began };
}
