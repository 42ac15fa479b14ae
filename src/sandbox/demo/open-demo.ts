import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { SpawnSelf } from './child.ts';
import type { DemoOptions } from './demo.ts';
import { demoDefaults, type DemoDefaults } from './demo-settings.ts';

const announcedSchema = z.union([
  z.object({ nacos: z.url(), gateway: z.url(), control: z.url(), dir: z.string() }),
  z.object({ error: z.string() }),
]);

export type Demo = {
  readonly nacos: string;
  /** Answers the gateway's numbers (`fetchGatewayStats`). */
  readonly gateway: string;
  readonly control: string;
  /** Its directory, with `redeploy.sh` in it; gone when the demo ends. */
  readonly dir: string;
  readonly defaults: DemoDefaults;
  readonly pid: number | undefined;
  end(): Promise<void>;
};

/** Starts the sandbox as a process of its own. It ends with us, however we end: its standard input is our pipe. */
export async function openDemo(
  spawnSelf: SpawnSelf,
  options: DemoOptions = {},
): Promise<{ readonly ok: true; readonly demo: Demo } | { readonly ok: false; readonly error: string }> {
  // A session of its own: Ctrl-C at our terminal is for us, not for the services that we roll.
  const child = spawnSelf(['__sandbox', JSON.stringify(options)], { isPiped: true, isOwnSession: true });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) return { ok: false, error: 'the sandbox could not be started' };
  stdin.on('error', () => undefined);
  const line = await new Promise<string>((resolve) => {
    const lines = createInterface({ input: stdout });
    lines.once('line', resolve);
    lines.once('close', () => resolve('{"error":"the sandbox ended before it was ready"}'));
  });
  const announced = read(line);
  if ('error' in announced) {
    stdin.end();
    return { ok: false, error: announced.error };
  }
  const end = async (): Promise<void> => {
    stdin.end();
    await child.exited;
  };
  const defaults = demoDefaults(announced.dir);
  return { ok: true, demo: { ...announced, defaults, pid: child.pid, end } };
}

function read(line: string): z.infer<typeof announcedSchema> {
  try {
    return announcedSchema.parse(JSON.parse(line));
  } catch {
    return { error: `the sandbox said something else than where it is: ${line}` };
  }
}
