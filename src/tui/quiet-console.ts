const loud = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;

/** What a library would print goes nowhere: it would stand in the middle of a frame. Returns a way to let it print. */
export function quietConsole(target: Pick<Console, (typeof loud)[number]> = console): () => void {
  const before = loud.map((name) => [name, target[name]] as const);
  for (const name of loud) target[name] = () => undefined;
  return () => {
    for (const [name, print] of before) target[name] = print;
  };
}
