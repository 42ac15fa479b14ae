import type { Command } from 'commander';
import { exitCodes } from '../../core/rollout/outcome.ts';
import { shellQuoted } from '../../core/text/shell-word.ts';
import type { Cli } from '../io/command-ports.ts';
import { refuseUsage } from '../io/exit.ts';

const program = 'nacos-rollout';
const shells = { bash, zsh, fish } as const;

/** A static script: what it offers is what this version has. */
export function completion(cli: Cli, root: Command, shell: string): number {
  const { usage, right } = cli.words.cli;
  if (!Object.hasOwn(shells, shell))
    return refuseUsage(cli, usage.badValue('completion', shell, right.setting(Object.keys(shells))));
  cli.output.data(...shells[shell as keyof typeof shells](root));
  return exitCodes.done;
}

/** A place in the tree: the words that lead there, and what may come next. */
type Place = {
  readonly path: string;
  readonly commands: readonly Command[];
  readonly flags: readonly { readonly name: string; readonly description: string }[];
};

function places(command: Command, path: string, inherited: Place['flags']): readonly Place[] {
  const own = command.options
    .filter(({ hidden }) => !hidden)
    .flatMap(({ long, description }) =>
      long === undefined || long === null ? [] : [{ name: long, description }],
    );
  const flags = [...own, ...inherited];
  return [
    { path, commands: command.commands, flags },
    ...command.commands.flatMap((child) => places(child, `${path} ${child.name()}`.trim(), flags)),
  ];
}

function bash(root: Command): readonly string[] {
  return [
    `_nacos_rollout() {`,
    ...pathLoop(root, '${COMP_WORDS[@]:1:COMP_CWORD-1}'),
    '  local words=""',
    '  case "$path" in',
    ...places(root, '', []).map(
      (place) => `    ${shellQuoted(place.path)}) words=${shellQuoted(namesOf(place).join(' '))} ;;`,
    ),
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
    '}',
    `complete -o default -F _nacos_rollout ${program}`,
  ];
}

function zsh(root: Command): readonly string[] {
  return [
    `#compdef ${program}`,
    '_nacos_rollout() {',
    ...pathLoop(root, '${words[@]:1:$((CURRENT-2))}'),
    '  local -a offered',
    '  case "$path" in',
    ...places(root, '', []).map((place) => {
      const described = [
        ...place.commands.map((child) => `${child.name()}:${child.description()}`),
        ...place.flags.map(({ name, description }) => `${name}:${description}`),
      ];
      return `    ${shellQuoted(place.path)}) offered=(${described.map(shellQuoted).join(' ')}) ;;`;
    }),
    '  esac',
    `  _describe ${program} offered || _files`,
    '}',
    `compdef _nacos_rollout ${program}`,
  ];
}

/** Follows the words typed so far down the tree. */
function pathLoop(root: Command, typed: string): readonly string[] {
  const known = places(root, '', [])
    .map(({ path }) => path)
    .filter((path) => path !== '');
  return [
    '  local path="" next word',
    `  for word in "${typed}"; do`,
    '    next="${path:+$path }$word"',
    `    case "$next" in ${known.map(shellQuoted).join('|')}) path="$next" ;; esac`,
    '  done',
  ];
}

function fish(root: Command): readonly string[] {
  return places(root, '', []).flatMap((place) => {
    const seen = place.path.split(' ').filter((word) => word !== '');
    const isHere = [
      ...seen.map((word) => `__fish_seen_subcommand_from ${word}`),
      ...(place.commands.length === 0
        ? []
        : [`not __fish_seen_subcommand_from ${place.commands.map((child) => child.name()).join(' ')}`]),
    ].join('; and ');
    const condition = isHere === '' ? '' : ` -n ${shellQuoted(isHere)}`;
    return [
      ...place.commands.map(
        (child) =>
          `complete -c ${program} -f${condition} -a ${child.name()} -d ${shellQuoted(child.description())}`,
      ),
      ...place.flags.map(
        ({ name, description }) =>
          `complete -c ${program}${condition} -l ${name.slice(2)} -d ${shellQuoted(description)}`,
      ),
    ];
  });
}

function namesOf(place: Place): readonly string[] {
  return [...place.commands.map((child) => child.name()), ...place.flags.map(({ name }) => name)];
}
