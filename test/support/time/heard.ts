/** Enough for a connection, what is asked over it and the answer. */
const turns = 30;

/**
 * Lets what was said over sockets on loopback be heard and answered, where both ends are in this process: the event loop
 * turns so often, however long the machine takes for it.
 */
export async function heard(): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
}
