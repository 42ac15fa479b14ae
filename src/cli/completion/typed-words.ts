import type { Command, Option } from 'commander';

/** Where in the tree of commands the words lead that are typed so far. */
export type Place = {
  readonly command: Command;
  /** Values by the attribute of their flag, in their order. */
  readonly given: Readonly<Record<string, readonly string[]>>;
  readonly args: readonly string[];
  /** The flag whose value comes next. */
  readonly awaits: Option | undefined;
  /** After `--` no word is a flag. */
  readonly isOver: boolean;
};

/** Follows words down the tree. What is wrong with them is for the program to say when it is run. */
export function placeOf(root: Command, words: readonly string[]): Place {
  const given: Record<string, readonly string[]> = {};
  const args: string[] = [];
  let command = root;
  let awaits: Option | undefined;
  let isOver = false;
  const give = (option: Option, value: string): void => {
    const name = option.attributeName();
    given[name] = [...(given[name] ?? []), value];
  };
  for (const word of words) {
    const isFlag = !isOver && /^-./.test(word);
    if (awaits !== undefined && (awaits.required || !isFlag)) {
      give(awaits, word);
      awaits = undefined;
      continue;
    }
    awaits = undefined;
    if (word === '--') isOver = true;
    else if (isFlag) {
      const { name, value } = splitFlag(word);
      const option = flagsAt(command).find(({ long, short }) => long === name || short === name);
      if (option === undefined || option.isBoolean()) continue;
      if (value === undefined) awaits = option;
      else give(option, value);
    } else {
      const child = args.length === 0 ? command.commands.find((one) => one.name() === word) : undefined;
      if (child === undefined) args.push(word);
      else command = child;
    }
  }
  return { command, given, args, awaits, isOver };
}

/** Those that mean something here: of the command, and of those above it. */
export function flagsAt(command: Command): readonly Option[] {
  const help = command.createHelp();
  const all = [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
  // Of those above it commander names the hidden ones too.
  return all.filter(({ hidden }) => !hidden);
}

/** `--flag=value`, or a flag alone. */
export function splitFlag(word: string): { readonly name: string; readonly value: string | undefined } {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at < 0 ? { name: word, value: undefined } : { name: word.slice(0, at), value: word.slice(at + 1) };
}
