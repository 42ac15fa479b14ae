/** Lets time pass, as `pass` says, until something has ended. */
export async function whileRunning<T>(running: Promise<T>, pass: () => Promise<void>): Promise<T> {
  const state = { isOver: false };
  const over = (): void => {
    state.isOver = true;
  };
  running.then(over, over);
  while (!state.isOver) await pass();
  return running;
}
