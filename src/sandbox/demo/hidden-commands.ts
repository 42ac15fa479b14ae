import type { Clock } from '../../world/clock.ts';
import type { SpawnSelf } from './child.ts';

/** What a hidden command gets from the process that it is. */
export type HiddenIo = {
  /** The arguments after the command's name. */
  readonly argv: readonly string[];
  readonly stdin: NodeJS.ReadableStream;
  /** Prints one line. */
  readonly say: (line: string) => void;
  readonly self: readonly string[];
  readonly spawnSelf: SpawnSelf;
  readonly onTerminate: (listener: () => void) => void;
  readonly clock: Clock;
};

/** Commands of ours for processes of ours: not in any help. Each gives the exit code to end with at once. */
export const hiddenCommands: ReadonlyMap<string, (io: HiddenIo) => Promise<number>> = new Map([
  ['__sandbox', sandbox],
  ['__demo-instance', demoInstance],
  ['__demo-redeploy', demoRedeploy],
]);

// Each loads what it needs and no more: six of them start at once.
async function sandbox(io: HiddenIo): Promise<number> {
  const { runSandboxProcess } = await import('./demo.ts');
  return runSandboxProcess({ ...io, announce: io.say });
}

async function demoInstance(io: HiddenIo): Promise<number> {
  const { runDemoInstance } = await import('./demo-instance.ts');
  return runDemoInstance(io);
}

async function demoRedeploy(io: HiddenIo): Promise<number> {
  const { runDemoRedeploy } = await import('./demo-redeploy.ts');
  return runDemoRedeploy(io);
}
