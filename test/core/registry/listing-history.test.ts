import { array, assert, constantFrom, property, subarray, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ListingHistory,
  changesTo,
  noLooks,
  serviceOf,
  wasListed,
  withLook,
} from '../../../src/core/registry/listing-history.ts';

const services = ['public/a@@orders', 'public/a@@pay'];
const keys = services.flatMap((service) => ['1', '2', '3'].map((last) => `${service}#10.0.0.${last}:80`));
const look = tuple(subarray(services, { minLength: 1 }), subarray(keys));

test('each look is told as it was, and what it did not look at as it was seen last', () => {
  assert(
    property(array(look, { maxLength: 12 }), (looks) => {
      let history = noLooks;
      const seen: ReadonlySet<string>[] = [new Set()];
      for (const [at, shown] of looks) {
        const isLookedAt = (key: string): boolean => at.includes(serviceOf(key));
        const listed = shown.filter(isLookedAt);
        history = withLook(history, changesTo(history, at, listed));
        seen.push(
          new Set(
            [...listed, ...(seen.at(-1) ?? [])].filter((key) => !isLookedAt(key) || listed.includes(key)),
          ),
        );
      }
      expect(seen.map((_, number) => keys.filter((key) => wasListed(history, number, key)))).toEqual(
        seen.map((then) => keys.filter((key) => then.has(key))),
      );
    }),
  );
});

test('what a journal says came twice, or went and was not there, changes nothing', () => {
  assert(
    property(constantFrom(...keys), (key) => {
      const twice: ListingHistory = [1, 2].reduce(
        (history) => withLook(history, { appeared: [key, key], vanished: [] }),
        withLook(noLooks, { appeared: [], vanished: [key] }),
      );
      expect([1, 2, 3].map((number) => wasListed(twice, number, key))).toEqual([false, true, true]);
    }),
  );
});

test('a look that shows what the last one did takes no room', () => {
  const once = withLook(noLooks, { appeared: keys, vanished: [] });
  const again = withLook(once, changesTo(once, services, keys));
  expect(again).toEqual({ looks: 2, turns: once.turns });
  expect(again.turns).toBe(once.turns);
});
