import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Look,
  type Sent,
  nextMove,
  resendAfterMs,
  retryAfterMs,
} from '../../../src/runner/registry/next-move.ts';

const wishes = fc.record({ enabled: fc.boolean(), isOurs: fc.boolean() });
const looks: fc.Arbitrary<Look> = fc.record({
  isShown: fc.boolean(),
  isAway: fc.boolean(),
  mustBeListed: fc.boolean(),
  hasAnswer: fc.boolean(),
  hasUnwritten: fc.boolean(),
  isTheirs: fc.boolean(),
});
const anySent: fc.Arbitrary<Sent> = fc.record({
  outcome: fc.constantFrom('accepted', 'refused', 'unknown'),
  atMs: fc.integer({ min: 0, max: 30_000 }),
  isMissing: fc.boolean(),
});
const times = fc.integer({ min: 0, max: 10_000 });

describe('the next move', () => {
  test('is the first write as soon as anybody answers, and nothing of somebody else shows', () => {
    fc.assert(
      fc.property(wishes, looks, (wish, look) => {
        expect(nextMove(wish, undefined, look, 0)).toBe(look.hasAnswer && !look.isTheirs ? 'write' : 'wait');
      }),
    );
  });

  test('is to be done only after a write, and never by a list that the server did not confirm an enable for', () => {
    fc.assert(
      fc.property(wishes, anySent, looks, times, (wish, sent, look, later) => {
        if (nextMove(wish, sent, look, sent.atMs + later) !== 'done') return;
        const isGone = sent.isMissing && look.isAway && !look.mustBeListed;
        const isConfirmed = sent.outcome === 'accepted' || (sent.outcome === 'unknown' && !wish.enabled);
        expect(isGone ? wish.isOurs : look.isShown && isConfirmed).toBe(true);
      }),
    );
  });

  test('is to give up only on what is away and not ours', () => {
    fc.assert(
      fc.property(wishes, anySent, looks, times, (wish, sent, look, later) => {
        if (nextMove(wish, sent, look, sent.atMs + later) !== 'give-up') return;
        expect([wish.isOurs, sent.isMissing, look.isAway, look.mustBeListed]).toEqual([
          false,
          true,
          true,
          false,
        ]);
      }),
    );
  });

  test('is never a write that comes too soon after the last one, unless that went elsewhere', () => {
    fc.assert(
      fc.property(wishes, anySent, looks, times, (wish, sent, look, later) => {
        if (look.hasUnwritten || nextMove(wish, sent, look, sent.atMs + later) !== 'write') return;
        expect(later).toBeGreaterThanOrEqual(sent.outcome === 'refused' ? retryAfterMs : resendAfterMs);
      }),
    );
  });

  test('is a write in the end where nothing shows', () => {
    fc.assert(
      fc.property(wishes, anySent, (wish, sent) => {
        const look = {
          isShown: false,
          isAway: false,
          mustBeListed: false,
          hasAnswer: true,
          hasUnwritten: false,
          isTheirs: false,
        };
        expect(nextMove(wish, sent, look, sent.atMs + resendAfterMs)).toBe('write');
      }),
    );
  });
});
