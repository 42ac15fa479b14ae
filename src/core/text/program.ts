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
};

const file = 'dist/nacos-rollout.mjs';

/** What somebody types, where this process was started, to start the same program again. */
export function programOf({ script, node, typed, directory }: Started): string {
  if (script === typed) return shellWord(typed);
  if (/\/node_modules\/\.bin\/[^/]+$/.test(script)) return 'npx nacos-rollout';
  if (!script.endsWith(`/${file}`) || script.includes('/node_modules/')) return 'nacos-rollout';
  const checkout = script.slice(0, -file.length);
  const isInside = directory !== undefined && `${directory}/`.startsWith(checkout);
  return isInside ? 'npx nacos-rollout' : [node, script].map(shellWord).join(' ');
}

/** The words that begin every command that we tell people to type. */
export const program = programOf({
  script: process.argv[1] ?? '',
  node: process.execPath,
  typed: process.argv0,
  directory: workingDirectory(),
});

function workingDirectory(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}
