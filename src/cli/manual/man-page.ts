import type { Argument, Command, Option } from 'commander';
import type { Help } from '../../i18n/en/help.ts';
import { examples } from './examples.ts';

const name = 'nacos-rollout';

/** The manual as `man -l` reads it, made of the tree of commands: each command, each flag, and what `--help` says. */
export function manPage(root: Command, help: Help, version: string): readonly string[] {
  const { manual } = help;
  return [
    `'\\" -*- coding: UTF-8 -*-`,
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}"`,
    // Words stay whole, and blanks as wide as they are.
    '.nh',
    '.ad l',
    ...section(manual.name, [`${name} \\- ${text(manual.purpose)}`]),
    ...section(manual.synopsis, [`.B ${name}`, text(usage(root))]),
    ...section(manual.description, [text(help.program)]),
    ...section(
      manual.commands,
      root.commands.flatMap((command) => aboutCommand(command, '')),
    ),
    ...section(manual.options, flags(root)),
    ...section(manual.environment, items([...variables(root), ...Object.entries(manual.variables)])),
    ...section(manual.files, items(Object.entries(manual.paths))),
    ...section(manual.exitStatus, items(exitCodes(help.exitCodes))),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`.SH ${text(title)}`, ...lines];
}

/** One that only holds others is not told of, but they are. */
function aboutCommand(command: Command, above: string): readonly string[] {
  const path = `${above} ${command.name()}`.trim();
  const shown = (examples[path] ?? []).map((line) => text(`${name} ${line}`));
  return [
    `.SS ${text(`${name} ${path} ${usage(command)}`.trim())}`,
    text(command.description()),
    ...items(command.registeredArguments.map((argument) => [spelled(argument), argument.description])),
    ...flags(command),
    ...(shown.length === 0 ? [] : ['.PP', '.EX', ...shown, '.EE']),
    ...command.commands.flatMap((child) => aboutCommand(child, path)),
  ];
}

function usage(command: Command): string {
  const hasFlags = shownFlags(command).length > 0;
  return [
    ...(hasFlags ? ['[OPTIONS]'] : []),
    ...command.registeredArguments.map(spelled),
    ...(command.commands.length > 0 ? ['[COMMAND]'] : []),
  ].join(' ');
}

function spelled(argument: Argument): string {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

function shownFlags(command: Command): readonly Option[] {
  return command.options.filter(({ hidden }) => !hidden);
}

function flags(command: Command): readonly string[] {
  return items(shownFlags(command).map((option) => [option.flags, option.description]));
}

/** The flags that say which variable means the same. */
function variables(root: Command): readonly (readonly [string, string])[] {
  return shownFlags(root).flatMap(({ long, description }) => {
    const [variable] = /NACOS_ROLLOUT_\w+/.exec(description) ?? [];
    return variable === undefined ? [] : [[variable, long ?? ''] as const];
  });
}

/** `Exit codes: 0 done · 1 …` as a list. */
function exitCodes(line: string): readonly (readonly [string, string])[] {
  return line
    .replace(/^[^:：]*[:：]\s*/, '')
    .split(' · ')
    .map((one) => [one.slice(0, one.indexOf(' ')), one.slice(one.indexOf(' ') + 1)]);
}

function items(list: readonly (readonly [string, string])[]): readonly string[] {
  return list.flatMap(([what, about]) => ['.TP', `.B ${text(what)}`, text(about)]);
}

/**
 * One line that says what it says: no request of roff, no escape, and a dash that can be copied. Between Chinese characters
 * it may be broken.
 */
function text(line: string): string {
  const plain = line.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('\n', ' ');
  return guarded(plain.replaceAll(/[\u3000-\u9fff\uff00-\uffef]/g, '$&\\:'));
}

function guarded(plain: string): string {
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}
