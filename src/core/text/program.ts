import { shellWord } from './shell-word.ts';

// Reading how the system started us asks for nothing that changes: of `process`, nothing else is used here.

/** How a process was started. */
export type Started = {
  /** The file that Node was given, or the link to it. */
  readonly script: string;
  readonly node: string;
  /** The first word of what was typed: Node's, or that of the program that is one file with its Node. */
  readonly typed: string;
  /** Undefined where somebody removed it under our feet. */
  readonly directory: string | undefined;
  /** Whether npm or npx started it, and hence finds it there again. */
  readonly isByNpm: boolean;
  /** Where the shell looks for programs. */
  readonly path: string;
};

const file = 'dist/nacos-rollout.mjs';

/** What somebody types, where this process was started, to start the same program again. */
export function programOf(started: Started): string {
  const { script, node, typed, directory } = started;
  if (script === typed) return shellWord(typed);
  if (/\/node_modules\/\.bin\/[^/]+$/.test(script)) return linkOf(started);
  if (!script.endsWith(`/${file}`) || script.includes('/node_modules/')) return 'nacos-rollout';
  const checkout = script.slice(0, -file.length);
  const isInside = directory !== undefined && `${directory}/`.startsWith(checkout);
  return isInside ? 'npx nacos-rollout' : [node, script].map(shellWord).join(' ');
}

/** From another directory npx would ask the registry for a package of this name: only who typed npx is told to. */
function linkOf({ script, isByNpm, path }: Started): string {
  if (isByNpm) return 'npx nacos-rollout';
  const folder = script.slice(0, script.lastIndexOf('/'));
  const isInPath = path.split(':').some((one) => one.replace(/\/$/, '') === folder);
  return isInPath ? script.slice(folder.length + 1) : shellWord(script);
}

/** The words that begin every command that we tell people to type. */
export const program = programOf({
  script: process.argv[1] ?? '',
  node: process.execPath,
  typed: process.argv0,
  directory: workingDirectory(),
  isByNpm: process.env['npm_execpath'] !== undefined,
  path: process.env['PATH'] ?? '',
});

function workingDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
