import { expect, test } from 'vitest';
import { atInstances } from '../support/at-instances.ts';

test('P is heard after esc, as every key is', async () => {
  const opened = await atInstances();
  await opened.press('space', 'enter', 'esc');
  opened.send('P');
  await opened.clock.advance(1000);
  expect(opened.screen()).not.toContain('Ctrl-C gives it up');
  expect(opened.store.model().draft?.companions['public/DEFAULT_GROUP@@orders']).toEqual(['process']);
});
