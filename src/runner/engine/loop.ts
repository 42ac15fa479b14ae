import type { Event, Fact } from '../../core/event/event.ts';
import type { Rollout } from '../../core/rollout/rollout.ts';
import { wanted } from '../../core/rollout/wanted.ts';
import { type Effect } from '../../core/rollout/effect.ts';
import type { World } from '../../world/world.ts';
import type { ConsumersTold } from '../context/consumers-told.ts';
import { type CallBook, type WatchedCalls, watchedCalls } from '../context/call-book.ts';
import { type Context, createContext } from '../context/context.ts';
import type { NodeReads } from '../context/node-reads.ts';
import type { Journal } from '../store/journal.ts';
import { type JournaledRollout, journaledRollout } from '../store/journaled-rollout.ts';
import { perform } from './perform.ts';

export type LoopOptions = {
  readonly world: World;
  readonly journal: Pick<Journal, 'append'>;
  readonly rollout: Rollout;
  /** Absolute; the commands' directories are made below it. */
  readonly directory: string;
  /** What consumers are told, where that is heard. */
  readonly told?: ConsumersTold | undefined;
  /** What sources of evidence have told already. */
  readonly calls?: CallBook | undefined;
  /** Shared with whoever else looks at the same lists. */
  readonly reads?: NodeReads | undefined;
};

/**
 * After every event it asks what is wanted, starts what is missing and stops what no longer is.
 * There is no other path: a fresh start and a start after a crash differ only in the events that are there already.
 */
export class Loop {
  readonly #journaled: JournaledRollout;
  readonly #context: Context;
  readonly #listeners = new Set<(event: Event) => void>();
  readonly #running = new Map<string, AbortController>();
  readonly #finish = Promise.withResolvers<number>();
  #isReconciling = false;
  #isBroken = false;

  constructor({ world, journal, rollout, directory, told, calls, reads }: LoopOptions) {
    const guarded = { append: (event: Event) => this.#append(journal, event) };
    this.#journaled = journaledRollout(guarded, rollout, world.clock);
    this.#context = createContext({
      world,
      directory,
      told,
      calls,
      reads,
      record: (fact) => this.record(fact),
      rollout: () => this.rollout,
      listeners: this.#listeners,
    });
  }

  get rollout(): Rollout {
    return this.#journaled.rollout();
  }

  /** What sources of evidence tell now of the targets that are watched. */
  get calls(): readonly WatchedCalls[] {
    return watchedCalls(this.#context.calls, this.#context.world.clock.monotonic());
  }

  /** The journal could not be written: nothing more is recorded, so nothing more is begun. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** The exit code, once there is nothing more to do. Rejects when an assumption of ours was broken. */
  get finished(): Promise<number> {
    return this.#finish.promise;
  }

  follow(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Puts a fact into the journal, then makes it true, then tells everybody, then acts on it. */
  record(fact: Fact): void {
    const event = this.#journaled.record(fact);
    for (const listener of this.#listeners) listener(event);
    this.#reconcile();
  }

  /**
   * What cannot be put down cannot be begun: from then on nothing is. A command that runs is left to itself, for its
   * outcome lies beside it and is found by the next runner.
   */
  #append(journal: Pick<Journal, 'append'>, event: Event): void {
    if (this.#isBroken) throw new Error('the journal is broken');
    try {
      journal.append(event);
    } catch (error) {
      this.#isBroken = true;
      this.#finish.reject(error);
      throw error;
    }
  }

  #reconcile(): void {
    if (this.#isReconciling) return;
    this.#isReconciling = true;
    const effects = wanted(this.rollout);
    const keys = new Set(effects.map((effect) => effect.key));
    for (const [key, controller] of this.#running) if (!keys.has(key)) controller.abort();
    for (const effect of effects) if (!this.#running.has(effect.key)) this.#begin(effect);
    this.#isReconciling = false;
  }

  #begin(effect: Effect): void {
    const controller = new AbortController();
    const seqBefore = this.rollout.seq;
    this.#running.set(effect.key, controller);
    void this.#carryOut(effect, controller.signal, seqBefore);
  }

  async #carryOut(effect: Effect, signal: AbortSignal, seqBefore: number): Promise<void> {
    try {
      await perform(effect, this.#context, signal);
      this.#running.delete(effect.key);
      this.#assertOutcome(effect, seqBefore, signal.aborted);
      const exitCode = this.rollout.ended?.exitCode ?? this.rollout.rested?.exitCode;
      if (exitCode !== undefined && this.#running.size === 0) this.#finish.resolve(exitCode);
      else this.#reconcile();
    } catch (error) {
      if (this.#isBroken) return;
      // A broken assumption: better dead than wrong. The journal says how far we came.
      for (const controller of this.#running.values()) controller.abort();
      this.#finish.reject(error);
    }
  }

  /** An effect that ends and changes nothing would be started again for ever. */
  #assertOutcome(effect: Effect, seqBefore: number, wasAborted: boolean): void {
    if (wasAborted || this.rollout.seq !== seqBefore) return;
    if (wanted(this.rollout).some((other) => other.key === effect.key))
      throw new Error(`the effect "${effect.key}" ended without an outcome`);
  }
}
