import type { Opened } from './open-console.ts';

/** From the profiles to a review of two of `orders` that is done. */
export async function toReview(opened: Opened): Promise<void> {
  await opened.sees('prod-sh');
  await opened.press('enter');
  await opened.sees('orders');
  await opened.press('enter');
  await opened.sees('10.0.0.13:8080');
  await opened.press('space', 'space', 'enter', 'v');
  await opened.sees('✓ The server has a Raft leader');
}
