import type { TextObstacle } from '../../core/text/text-obstacle.ts';
import type { Readable, Writable } from 'node:stream';
import type { ConnectionSpec } from '../../core/registry/connection-spec.ts';
import type { FactOf } from '../../core/event/event.ts';
import type { Language } from '../../i18n/language.ts';
import type { Words } from '../../i18n/words.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import type { ThemeName } from '../../profiles/theme-name.ts';
import type { ProfileStore } from '../../profiles/store.ts';
import type { Doctor } from '../../runner/process/doctor-port.ts';
import type { AskApplication } from '../../runner/once/ask-once.ts';
import type { FacePorts } from '../../runner/ports/face-ports.ts';
import type { TerminalStreams } from '../../keyboard/terminal-input.ts';
import type { TypedLines } from '../../keyboard/typed-lines.ts';
import type { Probe } from '../../world/world.ts';
import type { Output } from './output.ts';

export type ColorChoice = 'never' | 'always' | 'auto';

/** What the console is opened with. */
export type ConsoleRequest = {
  readonly language: Language;
  readonly color: ColorChoice;
  /** As it was typed. */
  readonly theme: ThemeName | undefined;
  readonly connection: ConnectionFlags;
  /** A sandbox begins with the tour of its keys. */
  readonly isTour: boolean;
  /** Takes away what was said until it can be drawn. */
  readonly beforeDrawing: () => void;
};

/** What commands are given beyond what every face is, by type alone: `open-command-ports.ts` fills it. */
export type CommandPorts = FacePorts & {
  readonly profiles: ProfileStore;
  openConsole(request: ConsoleRequest): Promise<number>;
  openDemo(request: ConsoleRequest): Promise<number>;
  /** Calls back for each Ctrl-C or SIGTERM from now on, instead of ending us. Returns a way to stop. */
  onInterrupt(listener: () => void): () => void;
  /** The addresses of this machine that others may reach it by: no loopback. */
  ownAddresses(): readonly string[];
  /** Checks as a rollout does, without the variables that secrets come from. */
  probeFor(spec: ConnectionSpec): Probe;
  /** Asks an application to leave or to come back, as a rollout does. */
  askerFor(spec: ConnectionSpec, signal: AbortSignal): AskApplication;
  readonly doctor: Doctor;
  /** Of a file or a pipe, or what a stream gives until it ends. */
  readText(
    from: string | Readable,
  ): Promise<
    { readonly ok: true; readonly text: string } | { readonly ok: false; readonly obstacle: TextObstacle }
  >;
  /** Makes a new file; one that is there already is left as it is (EEXIST). */
  writeText(
    path: string,
    text: string,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly detail: string }>;
  /** Makes the file, or writes over the one that is there. */
  rewriteText(
    path: string,
    text: string,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly detail: string }>;
  readonly editing: Editing;
  /** A request as curl, its token masked. */
  curlOf(request: FactOf<'request-listed'>['request']): string;
};

/** A text file in the editor of a person. */
export type Editing = {
  /** Where a copy of it goes: nobody else may look there. */
  copyOf(path: string): string;
  /** Writes the copy, and waits for the editor, a command line; its exit code, or undefined where it did not end by itself. */
  open(command: string, copy: string, text: string): Promise<number | undefined>;
  drop(copy: string): void;
  /** Puts this text in the place of a file that is there, whole or not at all; else why not. */
  replace(path: string, text: string): string | undefined;
};

export type CliInput = {
  /** Without the program's own name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: TerminalStreams['stdin'];
  readonly stdout: TerminalStreams['stdout'];
  readonly stderr: Writable;
  /** Standard input and output are a terminal. */
  readonly isTerminal: boolean;
  readonly version: string;
  /** Asked when the first command needs them: help and completion load nothing. */
  readonly openPorts: () => Promise<CommandPorts>;
  /** Our licence, and those of what is in the program; the path of a file that is not there. */
  readonly licences: () =>
    | { readonly ok: true; readonly texts: readonly string[] }
    | { readonly ok: false; readonly missing: string };
};

/** What every command is given. */
export type Cli = {
  readonly input: CliInput;
  readonly words: Words;
  readonly language: Language;
  readonly color: ColorChoice;
  readonly theme: ThemeName | undefined;
  /** Nothing is drawn: a line is never taken back. */
  readonly isPlain: boolean;
  readonly output: Output;
  /** What is typed at a question. */
  readonly lines: TypedLines;
  readonly ports: () => Promise<CommandPorts>;
};
