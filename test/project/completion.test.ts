import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { commandTree } from '../../src/cli/command-tree.ts';
import { argumentSource, flagSources, freeFlags } from '../../src/cli/completion/sources.ts';
import { flagsAt } from '../../src/cli/completion/typed-words.ts';
import { consumerKinds } from '../../src/core/plan/drain-presets.ts';
import { parseCheck, parseDrain } from '../../src/core/plan/plan-text.ts';
import { help } from '../../src/i18n/en/help.ts';

const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)];
const commands = all(commandTree(help, '1').root);

test('of each flag that takes a value src/cli/completion/sources.ts says what a shell offers, or that it is free', () => {
  const taking = commands.flatMap((command) => flagsAt(command).filter((option) => !option.isBoolean()));
  const names = new Set(taking.map((option) => option.attributeName()));
  expect([...names].toSorted()).toEqual([...Object.keys(flagSources), ...freeFlags].toSorted());
});

test('and of each argument', () => {
  const taking = commands.flatMap((command) =>
    command.registeredArguments.map((argument) => [command.name(), argument.name()] as const),
  );
  expect(taking.filter(([command, name]) => argumentSource(command, name).kind === 'nothing')).toEqual([
    ['add', 'name'],
  ]);
});

test('what is offered for a drain and a check is what a plan takes', () => {
  expect(flagSources['drain']).toEqual({ kind: 'words', words: consumerKinds });
  for (const kind of consumerKinds) expect(parseDrain(kind)).toBeDefined();
  for (const check of ['tcp', 'none', 'http://x', 'https://x', 'actuator:http://x/a', 'grpc:x:1'])
    expect(parseCheck(check)).toBeDefined();
});
