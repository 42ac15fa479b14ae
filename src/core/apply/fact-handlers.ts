import type { EventType, FactOf } from '../event/event.ts';
import type { Rollout } from '../rollout/rollout.ts';

/** When a fact was recorded, and what was asked of the whole rollout by then, if anything was. */
export type When = { readonly at: string; readonly abort: Rollout['abort'] };

/** What each of some facts makes of a part of the rollout. */
export type FactHandlers<Part> = {
  readonly [Type in EventType]?: (part: Part, fact: FactOf<Type>, when: When) => Part;
};
