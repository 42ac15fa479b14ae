import type { ConsoleRequest } from '../../cli/io/command-ports.ts';
import { exitCodes } from '../../core/rollout/outcome.ts';
import type { Words } from '../../i18n/words.ts';
import { selfSpawner } from '../../sandbox/demo/child.ts';
import { openDemo } from '../../sandbox/demo/open-demo.ts';
import { demoProfile, demoState, demoStore, followGateway } from './open-demo-ports.ts';
import { realDoctor } from '../doctor.ts';
import { type ProcessEnvironment, openFacePorts } from '../open-face-ports.ts';
import { themeOf } from '../../profiles/theme-name.ts';
import { type ConsoleIo, openConsole } from './open-console.ts';
import { lifelineVariable } from '../runner-main.ts';
import { swallowKeys } from './swallow-keys.ts';

/** The console on a sandbox of its own, which ends with it, and takes everything along that it started. */
export async function openDemoConsole(options: {
  house: ProcessEnvironment;
  words: Words;
  request: ConsoleRequest;
  io: ConsoleIo;
}): Promise<number> {
  const { house, words, request, io } = options;
  const { PATH, HOME, TMPDIR } = house.env;
  const interrupted = Promise.withResolvers<undefined>();
  const release = swallowKeys(io.input, () => interrupted.resolve(undefined));
  const opening = openDemo(selfSpawner(house.self, { PATH, HOME, TMPDIR }));
  const opened = await Promise.race([opening, interrupted.promise]);
  release();
  if (opened?.ok !== true) io.input.give();
  // Its standard input is our pipe: it ends with us.
  if (opened === undefined) return exitCodes.interrupted;
  if (!opened.ok) {
    io.talk(opened.error);
    return 1;
  }
  const { demo } = opened;
  const state = demoState(demo, house.state);
  // Where an operator's shell points to a real Nacos, the demo still is its own.
  const ownEnv = Object.fromEntries(
    Object.entries(house.env).filter(([name]) => !name.startsWith('NACOS_ROLLOUT_')),
  );
  const env = {
    ...ownEnv,
    XDG_STATE_HOME: state.root.replace(/\/[^/]*$/, ''),
    [lifelineVariable]: demo.control,
  };
  const ports = openFacePorts({ ...house, env, state, workingDirectory: demo.dir });
  const store = demoStore(demo);
  try {
    const { exitCode } = await openConsole({
      ports: { ...ports, demo: { profile: demoProfile, follow: followGateway(demo, house.clock) } },
      store,
      words,
      request: {
        ...request,
        theme: request.theme ?? themeOf(house.env),
        connection: { profile: demoProfile },
      },
      io: { ...io, env: ownEnv },
      isSandbox: true,
      doctor: realDoctor({ ...house, env, state, terminalSize: () => io.stdout }),
      stateRoot: state.root,
    });
    return exitCode;
  } finally {
    await demo.end();
  }
}
