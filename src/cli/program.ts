import { CommanderError } from 'commander';
import { exitCodes } from '../core/rollout/outcome.ts';
import { chooseLanguage, parseLanguage } from '../i18n/language.ts';
import { type Words, wordsOf } from '../i18n/words.ts';
import { openTypedLines } from '../keyboard/typed-lines.ts';
import { themeNames } from '../profiles/theme-name.ts';
import type { Cli, CliInput, CommandPorts, ColorChoice } from './io/command-ports.ts';
import { type Tree, commandTree } from './command-tree.ts';
import { refuseUsage } from './io/exit.ts';
import { isPlain } from './io/plain.ts';
import { flagValue } from './io/flag-value.ts';
import { createOutput } from './io/output.ts';
import { usageSentence } from './io/usage-error.ts';

/** Runs what the words ask for; returns the exit code. Ends nothing and reads nothing of the process by itself. */
export async function runProgram(input: CliInput): Promise<number> {
  const languageFlag = flagValue(input.argv, '--lang');
  const themeFlag = flagValue(input.argv, '--theme');
  const colorFlag = flagValue(input.argv, '--color') ?? 'auto';
  const language = chooseLanguage(languageFlag, input.env);
  const words = await wordsOf(language);
  const output = createOutput(input.stdout, input.stderr, isGitHub(input));
  let opened: Promise<CommandPorts> | undefined;
  const cli: Cli = {
    input,
    words,
    language,
    color: isColor(colorFlag) ? colorFlag : 'auto',
    theme: themeNames.find((name) => name === themeFlag),
    isPlain: isPlain(input.argv, input.env),
    output,
    lines: openTypedLines(input.stdin),
    ports: () => {
      if (opened === undefined) warnOfPlace(input, words, output);
      return (opened ??= input.openPorts());
    },
  };
  const { badValue } = words.cli.usage;
  if (languageFlag !== undefined && parseLanguage(languageFlag) === undefined)
    return refuseUsage(cli, badValue('--lang', languageFlag, words.cli.right.language));
  if (!isColor(colorFlag)) return refuseUsage(cli, badValue('--color', colorFlag, words.cli.right.color));
  if (themeFlag !== undefined && cli.theme === undefined)
    return refuseUsage(cli, badValue('--theme', themeFlag, words.cli.right.setting(themeNames)));
  return parse(cli, commandTree(words.help, input.version, cli));
}

/** XDG has a relative path count for nothing: whoever set one looks for journals where there are none. */
function warnOfPlace({ env }: CliInput, { cli }: Words, output: Cli['output']): void {
  const given = env['XDG_STATE_HOME'] ?? '';
  if (given !== '' && !given.startsWith('/')) output.talk(cli.relativePlace(given));
}

/** It takes lines for commands whether we annotate or not. */
function isGitHub({ argv, env }: CliInput): boolean {
  return env['GITHUB_ACTIONS'] === 'true' || flagValue(argv, '--annotations') === 'github';
}

async function parse(cli: Cli, { root, ended }: Tree): Promise<number> {
  const { output, input, words } = cli;
  let helpText = '';
  root.exitOverride().configureOutput({
    writeOut: (text) => output.data(...text.trimEnd().split('\n')),
    writeErr: (text) => {
      helpText += text;
    },
    outputError: () => undefined,
    getOutHelpWidth: () => 100,
    getErrHelpWidth: () => 100,
  });
  for (const command of allCommands(root)) command.copyInheritedSettings(root);
  try {
    await root.parseAsync(input.argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCodes.done;
    // A command that has only subcommands, called without one, prints its help.
    if (error.code === 'commander.help') output.talk(...helpText.trimEnd().split('\n'));
    else output.talk(usageSentence(error, root, input.argv, words.cli));
    return exitCodes.usage;
  }
  return codeWhenPrinted(cli, ended);
}

/** These print as they go, and their codes tell how the rollout went, whoever saw it. */
const telling = ['run', 'attach', 'resume', 'rollback'];

/** Half a list is not `done`. */
async function codeWhenPrinted({ output, words }: Cli, { code, command }: Tree['ended']): Promise<number> {
  const obstacle = await output.obstacle();
  if (obstacle !== undefined) output.talk(words.cli.notPrinted(obstacle));
  const isTold = code !== undefined && code !== exitCodes.done;
  if (isTold || obstacle === undefined || telling.includes(command)) return code ?? exitCodes.done;
  return exitCodes.usage;
}

function allCommands(root: Tree['root']): readonly Tree['root'][] {
  return root.commands.flatMap((child) => [child, ...allCommands(child)]);
}

function isColor(text: string): text is ColorChoice {
  return text === 'never' || text === 'always' || text === 'auto';
}
