import { expect, test } from 'vitest';
import { frame } from '../../../src/tui/screens/frame.ts';
import { first, openRollout } from '../support/open-rollout.ts';

test.each([
  ['new-version', 'plain'],
  ['new-version-or-override-dropped', 'plain'],
  ['override-dropped', 'warn'],
  ['unknown', 'warn'],
] as const)('a value that changed (%s) is told %s', async (cause, tone) => {
  const opened = await openRollout({ size: { columns: 200, rows: 30 } });
  const changed = { what: 'metadata.version', before: '41', after: '42', cause };
  opened.link.say({ type: 'changed', target: first, registration: 0, ...changed });
  await opened.sees('was 41 and is 42');
  const spans = frame(opened.store.model()).flat();
  expect(spans.find(({ text }) => text.includes('was 41 and is 42'))?.tone).toBe(tone);
});
