import type { Command, CommanderError } from 'commander';
import type { CliWords } from '../../i18n/en/cli.ts';

/** Our sentence for what commander found wrong with the words that were typed. */
export function usageSentence(
  error: CommanderError,
  root: Command,
  argv: readonly string[],
  words: CliWords,
): string {
  const { usage } = words;
  const called = calledCommand(root, argv);
  const [, named = ''] = /'([^']*)'/.exec(error.message) ?? [];
  const similar = /\(Did you mean (?:one of )?([^,?)]+)/.exec(error.message)?.[1];
  const seeHelp = usage.seeHelp(called);
  switch (error.code) {
    case 'commander.unknownOption':
      return `${usage.unknownFlag(named, similar)} ${seeHelp}`;
    case 'commander.unknownCommand':
      return `${usage.unknownCommand(named, similar)} ${seeHelp}`;
    case 'commander.missingArgument':
      return `${usage.missingArgument(named.toUpperCase())} ${seeHelp}`;
    case 'commander.optionMissingArgument':
      return `${usage.missingValue(named.replace(/^-\w, /, '').replace(/ <.*$/, ''))} ${seeHelp}`;
    case 'commander.excessArguments':
      // The program itself takes no words: one that it does not know was meant for a command.
      if (called === root.name()) {
        const [word = ''] = root.args;
        return `${usage.unknownCommand(word, similarCommand(root, word))} ${seeHelp}`;
      }
      return `${usage.tooManyArguments()} ${seeHelp}`;
    default:
      return `${usage.other(error.message.replace(/^error: /, '').replaceAll('\n', ' '))} ${seeHelp}`;
  }
}

/** `nacos-rollout profile add`, as far as the typed words are commands. */
function calledCommand(root: Command, argv: readonly string[]): string {
  let command = root;
  const path = [root.name()];
  for (const word of argv) {
    const child = command.commands.find((one) => one.name() === word);
    if (child === undefined) continue;
    command = child;
    path.push(word);
  }
  return path.join(' ');
}

function similarCommand(root: Command, word: string): string | undefined {
  return root.commands.map((command) => command.name()).find((name) => name.slice(0, 3) === word.slice(0, 3));
}
