import type { WhyNotWarmed } from '../../core/event/event-parts.ts';

const whys: Readonly<Record<WhyNotWarmed, string>> = {
  'not-agreed': 'the server nodes did not come to list it with the same weight',
  moved: 'it came back in another cluster',
  'no-weight': 'its weight cannot be less',
  changed: 'it, or its weight, changed just then',
};

/** What is on with all of its weight at once. */
export function notWarmed(names: readonly string[], why: WhyNotWarmed): string {
  return `on with all of its weight at once, without a warm-up: ${names.join(', ')} (${whys[why]})`;
}
