import type { CommandPorts, ConsoleRequest } from '../../cli/io/command-ports.ts';
import type { Words } from '../../i18n/words.ts';
import { toCurl } from '../../nacos/http/curl.ts';
import { configDirectory } from '../../profiles/config-place.ts';
import { openProfileStore } from '../../profiles/store.ts';
import type { ConsoleIo } from '../console/open-console.ts';
import { type DoctorHouse, realDoctor } from '../doctor.ts';
import { type ProcessEnvironment, openFacePorts, probeFor } from '../open-face-ports.ts';
import { askerFor } from '../ask-application.ts';
import { homeDirectory, ownAddresses } from '../own-place.ts';
import { readText, rewriteText, writeText } from '../text-files.ts';
import { editingWith } from './edit-files.ts';

export type CommandEnvironment = ProcessEnvironment &
  Pick<DoctorHouse, 'terminalSize'> &
  Pick<CommandPorts, 'onInterrupt'> & {
    /** Opens a console on the terminal of this process, and gives its exit code. */
    readonly onConsole: (
      request: ConsoleRequest,
      open: (io: ConsoleIo, words: Words) => Promise<number>,
    ) => Promise<number>;
  };

/** The real things behind what commands are given beyond what every face is. A console is loaded when one is opened. */
export function openCommandPorts({
  onInterrupt,
  onConsole,
  terminalSize,
  ...environment
}: CommandEnvironment): CommandPorts {
  const ports = openFacePorts(environment);
  const doctor = realDoctor({ ...environment, terminalSize });
  const profiles = openProfileStore(configDirectory(environment.env, homeDirectory()));
  return {
    ...ports,
    profiles,
    curlOf: toCurl,
    editing: editingWith(environment.env),
    onInterrupt,
    doctor,
    ownAddresses,
    probeFor: (spec) => probeFor(environment, spec),
    askerFor: (spec, signal) => askerFor(environment, spec, signal),
    readText: (from) => readText(from, environment.clock),
    writeText,
    rewriteText,
    openConsole: (request) => {
      const { root: stateRoot } = environment.state;
      return onConsole(request, async (io, words) => {
        const { openConsole } = await import('../console/open-console.ts');
        const given = { ports, store: profiles, words, request, io, isSandbox: false, doctor, stateRoot };
        const closed = await openConsole(given);
        return closed.isToSandbox
          ? openDemo(environment, words, { ...request, isTour: true }, io)
          : closed.exitCode;
      });
    },
    openDemo: (request) => onConsole(request, (io, words) => openDemo(environment, words, request, io)),
  };
}

async function openDemo(
  house: ProcessEnvironment,
  words: Words,
  request: ConsoleRequest,
  io: ConsoleIo,
): Promise<number> {
  const { openDemoConsole } = await import('../console/open-demo-console.ts');
  return openDemoConsole({ house, words, request, io });
}
