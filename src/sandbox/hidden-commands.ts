import type { Clock } from '../world/clock.ts';
import type { SpawnSelf } from './child.ts';
import { runDemoInstance } from './demo-instance.ts';
import { runDemoRedeploy } from './demo-redeploy.ts';
import { runSandboxProcess } from './demo.ts';

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
  ['__sandbox', (io: HiddenIo) => runSandboxProcess({ ...io, announce: io.say })],
  ['__demo-instance', runDemoInstance],
  ['__demo-redeploy', runDemoRedeploy],
]);
