const throwing = 'throw new Error("nobody thought of this\\nand of what follows")';

/** Environment for our program with which SIGUSR2 breaks it, as a fault that nobody foresaw would. */
export function breaking(how: 'thrown' | 'rejected'): Readonly<Record<string, string>> {
  const act = how === 'thrown' ? throwing : `void (async () => { ${throwing} })()`;
  const script = `process.on("SIGUSR2", () => { ${act} })`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}
