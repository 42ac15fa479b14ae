/** Waits for something to become true; the test's own time-out is the deadline. */
export async function until(isTrue: () => boolean | Promise<boolean>, everyMs = 50): Promise<void> {
  while (!(await isTrue())) {
    await new Promise((resolve) => {
      setTimeout(resolve, everyMs);
    });
  }
}
