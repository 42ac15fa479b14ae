import type { Fact } from '../../../src/core/event/event.ts';
import { Died } from '../runner-life.ts';
import type { Random } from '../scenario/random.ts';

/** At which line of its journal a process dies, or at which write; and what is left of that line. */
type Death = {
  readonly line: 'none' | 'torn' | 'whole';
  readonly atFact?: number;
  readonly atWrite?: number;
};

export function drawDeath(random: Random): Death | undefined {
  if (!random.chance(0.5)) return undefined;
  return {
    line: random.pick(['none', 'torn', 'whole'] as const),
    ...(random.chance(0.7) ? { atFact: random.int(1, 12) } : { atWrite: random.int(1, 3) }),
  };
}

type Paper = { readonly record: (fact: Fact) => void; readonly tear: () => void };

/** The life of one process, which may end at a line or at a write. */
export function createOneLife(death: Death | undefined, died: () => void) {
  let isDead = false;
  let writes = 0;
  let facts = 0;
  const ended = Promise.withResolvers<void>();
  const die = (): void => {
    if (isDead) return;
    isDead = true;
    died();
    ended.resolve();
  };
  return {
    isDead: (): boolean => isDead,
    /** Once it has died. */
    ended: ended.promise,
    writes: (): void => {
      if (++writes === death?.atWrite) die();
    },
    record: (fact: Fact, { record, tear }: Paper): void => {
      if (isDead) throw new Died();
      if (++facts !== death?.atFact) return record(fact);
      if (death.line === 'whole') record(fact);
      if (death.line === 'torn') tear();
      die();
      throw new Died();
    },
  };
}
