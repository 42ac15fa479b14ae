import { selfSpawner } from '../../../src/sandbox/demo/child.ts';
import { hiddenCommands } from '../../../src/sandbox/demo/hidden-commands.ts';
import { realClock } from '../../../src/world/clock.ts';

// Stands for main.ts where only the hidden commands are tested.
const [command = '', ...argv] = process.argv.slice(2);
const self = [process.execPath, import.meta.filename];
const run = hiddenCommands.get(command);
process.exit(
  run
    ? await run({
        argv,
        self,
        stdin: process.stdin,
        say: (line) => process.stdout.write(`${line}\n`),
        spawnSelf: selfSpawner(self, process.env),
        onTerminate: (listener) => process.once('SIGTERM', listener),
        clock: realClock,
      })
    : 2,
);
