import type { UiEffect } from './model/effect.ts';
import type { Message } from './model/message.ts';
import type { Model } from './model/model.ts';
import { update } from './update/update.ts';

export type Store = {
  readonly model: () => Model;
  readonly dispatch: (message: Message) => void;
  /** `listener` hears what changed the model. */
  readonly subscribe: (listener: (message: Message) => void) => () => void;
};

/** Holds the one model. `run` is handed each effect once, after the model that asked for it is in place. */
export function createStore(first: Model, run: (effect: UiEffect) => void): Store {
  let model = first;
  const listeners = new Set<(message: Message) => void>();
  const store: Store = {
    model: () => model,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch: (message) => {
      const [next, effects] = update(model, message);
      const hasChanged = next !== model;
      model = next;
      if (hasChanged) for (const listener of listeners) listener(message);
      for (const effect of effects) run(effect);
    },
  };
  return store;
}
