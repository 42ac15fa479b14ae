import type { Command, CommanderError } from 'commander';
import { nearest } from '../../core/text/nearest.ts';
import { program } from '../../core/text/program.ts';
import { isAddress } from '../../core/registry/address.ts';
import { parseEndpoint } from '../../core/registry/service.ts';
import type { CliWords } from '../../i18n/en/cli.ts';
import { typedAgain } from './exit.ts';

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
  const seeHelp = usage.between + usage.seeHelp([program, ...called].join(' '));
  const dashed = argv.find((word) => strangeDash.test(word));
  if (dashed !== undefined && error.code !== 'commander.invalidArgument')
    return `${usage.strangeDash(dashed, withPlainDash(dashed))}${seeHelp}`;
  switch (error.code) {
    case 'commander.invalidArgument':
      return error.message.includes("argument '' is invalid")
        ? `${usage.missingValue(flagOf(named))}${seeHelp}`
        : `${usage.twice(flagOf(named))}${seeHelp}`;
    case 'commander.unknownOption':
      return `${usage.unknownFlag(named, similar ?? flagMeant(root, called, named))}${seeHelp}`;
    case 'commander.unknownCommand':
      return `${usage.unknownCommand(named, similar)}${seeHelp}`;
    case 'commander.missingArgument':
      return `${usage.missingArgument(named.toUpperCase())}${seeHelp}`;
    case 'commander.optionMissingArgument':
      return `${usage.missingValue(flagOf(named))}${seeHelp}`;
    case 'commander.excessArguments':
      // The program itself takes no words: one that it does not know was meant for a command.
      if (called.length === 0) {
        const [word = ''] = root.args;
        return `${commandMeant(root, word, words)}${seeHelp}`;
      }
      return (
        addressAsWord(commandAt(root, called), argv, words) ??
        `${subcommandMeant(commandAt(root, called), words) ?? usage.tooManyArguments()}${seeHelp}`
      );
    default:
      return `${usage.other(error.message.replace(/^error: /, '').replaceAll('\n', ' '))}${seeHelp}`;
  }
}

/** `profile add`, as far as the typed words are commands. */
function calledCommand(root: Command, argv: readonly string[]): readonly string[] {
  let command = root;
  const path: string[] = [];
  for (const word of argv) {
    const child = command.commands.find((one) => one.name() === word);
    if (child === undefined) continue;
    command = child;
    path.push(word);
  }
  return path;
}

function similarCommand(root: Command, word: string): string | undefined {
  const names = root.commands.map((command) => command.name());
  return nearest(word, names) ?? names.find((name) => name.slice(0, 3) === word.slice(0, 3));
}

/** `--file` of `-f, --file <plan.yaml>`. */
function flagOf(spelling: string): string {
  return spelling.replace(/^-\w, /, '').replace(/ <.*$/, '');
}

/** A dash as word processors and chats make it of `--` or `-`, at the beginning of a word. */
const strangeDash = /^-?[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/u;

function withPlainDash(word: string): string {
  const name = word.replace(/^[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]+/u, '');
  return /^\w(?!\w)/.test(name) ? `-${name}` : `--${name}`;
}

/** Scripts name the ip first, and then the service: what is typed here, with the ip as a flag. */
function addressAsWord(command: Command, argv: readonly string[], { usage }: CliWords): string | undefined {
  const takesIp = command.options.some(({ long }) => long === '--ip');
  const address = command.args.find((word) => isAddress(parseEndpoint(word)?.ip ?? word));
  if (!takesIp || address === undefined || command.args.length !== 2) return undefined;
  const flag = isAddress(address) ? '--ip' : '--instance';
  const at = argv.indexOf(address);
  return usage.addressAsWord(address, flag, typedAgain([...argv.toSpliced(at, 1), flag, address]));
}

function commandAt(root: Command, called: readonly string[]): Command {
  return called.reduce<Command>((at, word) => at.commands.find((one) => one.name() === word) ?? at, root);
}

/** `--server` of `-server`, `--password-from` of `--password`. */
function flagMeant(root: Command, called: readonly string[], flag: string): string | undefined {
  return [...commandAt(root, called).options, ...root.options]
    .map(({ long }) => long ?? '')
    .find((one) => one === `-${flag}` || (flag.length > 3 && one.startsWith(`${flag}-`)));
}

/** What is typed for a command and is an order, or two. */
const orders: Readonly<Record<string, { readonly order: string; readonly resume?: string }>> = {
  abort: { order: 'abort-put-back', resume: '--abort put-back' },
  pause: { order: 'pause' },
  continue: { order: 'continue' },
  stop: { order: 'stop' },
  'skip-drain': { order: 'skip-drain' },
};

function commandMeant(root: Command, word: string, { usage }: CliWords): string {
  const { [word]: meant } = orders;
  if (meant === undefined) return usage.unknownCommand(word, similarCommand(root, word));
  const { order, resume } = meant;
  return usage.noCommandButOrder(
    word,
    `${program} order ${order}`,
    resume === undefined ? undefined : `${program} resume ${resume}`,
  );
}

/** A word after `plan` or `profile`, which take none but their commands. */
function subcommandMeant(command: Command, { usage }: CliWords): string | undefined {
  const names = command.commands.map((one) => one.name());
  const [word] = command.args;
  if (names.length === 0 || word === undefined) return undefined;
  return usage.noSubcommand(command.name(), word, nearest(word, names), names);
}
