import type { Command } from 'commander';
import { visible } from '../../core/text/visible.ts';
import type { ConnectionFlags } from '../../profiles/connection-flags.ts';
import type { AskNames, Offer } from './names.ts';
import { type Source, argumentSource, flagSource } from './sources.ts';
import { asTyped, typedLine } from './typed-line.ts';
import { type Place, flagsAt, placeOf, splitFlag } from './typed-words.ts';

/**
 * What a completion script prints for its shell: `files` where the shell itself knows what may come, or `words` or `open`
 * and what is offered, a line each, a tab before what is said about it. An open word is gone on with: no blank after it.
 */
export type Answer = { readonly kind: 'files' | 'words' | 'open'; readonly lines: readonly string[] };

/**
 * Answers the script of a shell. Of bash it is given the line up to the cursor and the characters that break its words, of
 * the others the words themselves, the one at the cursor last.
 */
export async function complete(root: Command, argv: readonly string[], ask: AskNames): Promise<Answer> {
  const [shell, ...said] = argv;
  if (shell !== 'bash') {
    const { kind, offers } = await offered(root, said.slice(0, -1), said.at(-1) ?? '', ask);
    return { kind, lines: offers.map(({ value, about }) => `${value}\t${aboutLine(about)}`) };
  }
  const [line = '', breaks = ''] = said;
  const typed = typedLine(line, breaks);
  const { kind, offers } = await offered(root, typed.words.slice(1), typed.current, ask);
  return { kind, lines: offers.map(({ value }) => asTyped(value, typed)) };
}

type Offered = { readonly kind: Answer['kind']; readonly offers: readonly Offer[] };

async function offered(
  root: Command,
  words: readonly string[],
  current: string,
  ask: AskNames,
): Promise<Offered> {
  const place = placeOf(root, words);
  const { command, awaits, isOver } = place;
  const mayBeFlag = !isOver && current.startsWith('-');
  if (awaits !== undefined && (awaits.required || !mayBeFlag))
    return fromSource(flagSource(awaits.attributeName()), place, current, ask);
  const { name, value } = splitFlag(current);
  if (mayBeFlag && value !== undefined) {
    const option = flagsAt(command).find(({ long }) => long === name);
    if (option === undefined || option.isBoolean()) return none;
    const found = await fromSource(flagSource(option.attributeName()), place, value, ask);
    return { ...found, offers: found.offers.map((one) => ({ ...one, value: `${name}=${one.value}` })) };
  }
  return mayBeFlag ? chosen(flagOffers(command), current) : inPlace(place, current, ask);
}

const none: Offered = { kind: 'words', offers: [] };

/** A command, or an argument. Where neither may come, the flags. */
async function inPlace(place: Place, current: string, ask: AskNames): Promise<Offered> {
  const { command, args } = place;
  const commands = args.length === 0 ? commandOffers(command) : [];
  const argument = command.registeredArguments[args.length];
  if (argument === undefined)
    return chosen(commands.length === 0 && current === '' ? flagOffers(command) : commands, current);
  return fromSource(argumentSource(command.name(), argument.name()), place, current, ask);
}

function commandOffers(command: Command): readonly Offer[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((child) => ({ value: child.name(), about: child.description() }));
}

function flagOffers(command: Command): readonly Offer[] {
  return flagsAt(command).map(({ long, short, description }) => ({
    value: long ?? short ?? '',
    about: description,
  }));
}

/** Whoever registers a service called as a flag is not to have it typed for one. */
async function fromSource(source: Source, place: Place, current: string, ask: AskNames): Promise<Offered> {
  if (source.kind === 'files') return { kind: 'files', offers: [] };
  if (source.kind === 'nothing') return none;
  const words = (source.words ?? []).map((value) => ({ value, about: '' }));
  if (source.kind === 'words') return chosen(words, current);
  const request = {
    kind: source.names,
    flags: connectionOf(place),
    service: place.given['service']?.at(-1) ?? argumentOf(place, 'service'),
    rollout: argumentOf(place, 'id'),
  };
  const names = (await ask(request)).filter(({ value }) => place.isOver || !value.startsWith('-'));
  return chosen([...names, ...words], current);
}

/** What one could not type, or would not see, is not offered: it is no name that anybody gave on purpose. */
function chosen(all: readonly Offer[], current: string): Offered {
  const offers = all.filter(({ value }) => value.startsWith(current) && visible(value) === value);
  const isOpen = offers.length > 0 && offers.every(({ value, about }) => about === '' && isBegun(value));
  return { kind: isOpen ? 'open' : 'words', offers };
}

function isBegun(word: string): boolean {
  return /([:=]|:\/\/)$/.test(word);
}

const repeatable: readonly string[] = ['server', 'acceptNode'];
const connectionNames =
  'profile server namespace group username passwordFrom accessKeyFrom secretKeyFrom securityTokenFrom signatureRegion contextPath dialect ca cert key acceptNode'.split(
    ' ',
  );

function connectionOf({ given }: Place): ConnectionFlags {
  return Object.fromEntries(
    connectionNames
      .filter((name) => given[name] !== undefined)
      .map((name) => [name, repeatable.includes(name) ? given[name] : given[name]?.at(-1)]),
  );
}

function argumentOf({ command, args }: Place, name: string): string | undefined {
  return args[command.registeredArguments.findIndex((argument) => argument.name() === name)];
}

/** One line, short enough to stand beside a name. */
function aboutLine(text: string): string {
  const plain = visible(text);
  return plain.length > 70 ? `${plain.slice(0, 69)}…` : plain;
}
