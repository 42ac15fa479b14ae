/** Whether a test is to be skipped, for this reason. It is said aloud, so that no skip is silent. */
export function skipSaying(why: string | undefined): boolean {
  if (why !== undefined) console.log(`skipped: ${why}`);
  return why !== undefined;
}
